interface ProblemKind {
  readonly status: number;
  readonly title: string;
  /** What the caller can do about it. */
  readonly fix: string;
  /** Whether the same request, sent again later, may be answered otherwise. */
  readonly retryable: boolean;
}

/**
 * Everything that this surface answers besides a result, by code. Each code has its page `docs/errors/<code>.md`,
 * and stands in the OpenAPI document; a test keeps the three equal.
 */
export const PROBLEMS = {
  'request-unreadable': {
    status: 400,
    title: 'The request cannot be read',
    fix: 'Send one JSON object in UTF-8, with each member once.',
    retryable: false,
  },
  'simulation-unknown': {
    status: 400,
    title: 'X-Simulate is not understood',
    fix: 'Use timeout, 503, slow=<ms> (up to 120000), blocked or rate-limited, or leave the header out.',
    retryable: false,
  },
  'idempotency-key-malformed': {
    status: 400,
    title: 'The Idempotency-Key cannot be used',
    fix: 'Send 1 to 255 letters of printable ASCII, with or without quotation marks, such as a UUID.',
    retryable: false,
  },
  'credentials-missing': {
    status: 401,
    title: 'Credentials are missing',
    fix: 'Send Authorization: Bearer with an API key or with a token from /op/connect/token.',
    retryable: false,
  },
  'credentials-invalid': {
    status: 401,
    title: 'Credentials are not good',
    fix: 'Fetch a new token, or check the API key: it may be expired, revoked, or of a disabled account.',
    retryable: false,
  },
  'surface-not-allowed': {
    status: 403,
    title: 'The account may not use this API',
    fix: 'Ask the operator for the capability vidimus.',
    retryable: false,
  },
  'batch-not-allowed': {
    status: 403,
    title: 'The account may not run batches',
    fix: 'Ask the operator for the capability batch.',
    retryable: false,
  },
  'path-unknown': {
    status: 404,
    title: 'There is nothing at this path',
    fix: 'Look the paths up in /vidimus/v1/openapi.json.',
    retryable: false,
  },
  'record-unknown': {
    status: 404,
    title: 'The account has no such record',
    fix: 'Use the recordId of one of your own answers.',
    retryable: false,
  },
  'verification-unknown': {
    status: 404,
    title: 'The account has no such verification',
    fix: 'Use the recordId of one of your own verifications; it is deleted after some time, and when a person is erased.',
    retryable: false,
  },
  'batch-unknown': {
    status: 404,
    title: 'The account has no such batch',
    fix: 'Use the id of one of your own batches.',
    retryable: false,
  },
  'method-not-allowed': {
    status: 405,
    title: 'This path has other methods',
    fix: 'Use the method that the header Allow names.',
    retryable: false,
  },
  'request-in-progress': {
    status: 409,
    title: 'A request with this Idempotency-Key is being answered',
    fix: 'Wait a moment and send the same request with the same key.',
    retryable: true,
  },
  'proof-pending': {
    status: 409,
    title: 'The record is not in the tree yet',
    fix: 'Ask again in a second.',
    retryable: true,
  },
  'batch-running': {
    status: 409,
    title: 'The batch is not at its end',
    fix: 'Wait until its state is neither queued nor running, then ask again.',
    retryable: true,
  },
  'batch-ended': {
    status: 409,
    title: 'The batch does not stand still',
    fix: 'Only a batch whose state is stopped can go on. Upload rows that are still to be asked as a new batch.',
    retryable: false,
  },
  'batch-forgotten': {
    status: 410,
    title: 'The results of the batch are deleted',
    fix: 'Fetch results before keptUntil. Your records still say what was asked.',
    retryable: false,
  },
  'body-too-large': {
    status: 413,
    title: 'The body is too large',
    fix: 'Send less than 16 KiB.',
    retryable: false,
  },
  'batch-too-large': {
    status: 413,
    title: 'The upload is too large',
    fix: 'Upload the rows as several batches, or ask the operator for a higher batch-upload-mib.',
    retryable: false,
  },
  'media-type-unsupported': {
    status: 415,
    title: 'The body has another media type',
    fix: 'Send Content-Type: application/json; with a batch text/csv or application/jsonl.',
    retryable: false,
  },
  'input-invalid': {
    status: 422,
    title: 'Some members are not what they should be',
    fix: 'See errors: pointer says which member, detail what is wrong with it.',
    retryable: false,
  },
  'batch-unreadable': {
    status: 422,
    title: 'The rows cannot be read',
    fix: 'See errors: detail says in which line and what is wrong. Nobody was asked about.',
    retryable: false,
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'The Idempotency-Key belongs to another request',
    fix: 'Use a new key for each new request.',
    retryable: false,
  },
  'account-blocked': {
    status: 429,
    title: 'The account is blocked for failed lookups',
    fix: 'Check numbers for typing errors before asking. An operator can end the block with account unlock.',
    retryable: true,
  },
  'rate-limited': {
    status: 429,
    title: 'Requests come too fast',
    fix: 'Wait as long as Retry-After says; RateLimit tells what is left.',
    retryable: true,
  },
  'too-many-names': {
    status: 429,
    title: 'Too many different names were tried for this number',
    fix: 'Wait as long as Retry-After says. A name that was tried before may be tried again at any time.',
    retryable: true,
  },
  'too-many-batches': {
    status: 429,
    title: 'Too many batches are open',
    fix: 'Wait until one of your batches is at its end, or delete one that is stopped.',
    retryable: true,
  },
  'internal-error': {
    status: 500,
    title: 'Something broke here',
    fix: 'Tell the operator the instance; the log has it.',
    retryable: false,
  },
  'register-unavailable': {
    status: 503,
    title: 'The register cannot be asked now',
    fix: 'Send the request again later; nothing was counted.',
    retryable: true,
  },
  'ledger-unwritable': {
    status: 503,
    title: 'The ledger cannot be written, so there is no answer',
    fix: 'Send the request again later, with the same Idempotency-Key.',
    retryable: true,
  },
} as const satisfies Readonly<Record<string, ProblemKind>>;

export type ProblemCode = keyof typeof PROBLEMS;

/** The page of a code, as a path on this server. */
export function pageOf(code: ProblemCode): string {
  return `/docs/errors/${code}`;
}
