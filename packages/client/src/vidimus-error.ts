export type ErrorKind =
  /** The credentials are missing, wrong or revoked, or may not be used for this. */
  | 'credentials'
  /** What was sent is refused; the same again will be refused again. */
  | 'input'
  /** Too many requests for now. */
  | 'rate-limited'
  /** Something else is in the way: the idempotency key is in use or another request's, a batch is not at its end. */
  | 'conflict'
  /** Nothing there that the caller may see. */
  | 'not-found'
  /** The server cannot answer, or cannot be reached. */
  | 'unavailable'
  /** No answer within the time given. */
  | 'timeout'
  /** The caller's own signal ended it. */
  | 'aborted'
  /** An answer that the contract does not have. */
  | 'protocol';

export interface ErrorFacts {
  readonly kind: ErrorKind;
  /** Stable, for programs: the server's own code where it has one, else this client's. */
  readonly code: string;
  /** What to do about it, one sentence. */
  readonly fix: string;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /** HTTP status; null when there was no answer. */
  readonly status?: number | null;
  /** `X-Request-Id` of the answer, by which the server's operator finds the request. */
  readonly requestId?: string | null;
  readonly retryAfterMs?: number | null;
  /** Page about the code, on the server that answered. */
  readonly docsUrl?: string | null;
  /** Which members of the request are wrong, as JSON pointers, where the server says so. */
  readonly pointers?: readonly string[];
  readonly cause?: unknown;
}

/**
 * The one error of this client: everything that is no answer about a person. What a register says of a number
 * (unknown, protected, blocked) is a value, never an error. Neither message nor any member holds a number or a name.
 */
export class VidimusError extends Error {
  override readonly name = 'VidimusError';
  readonly kind: ErrorKind;
  readonly code: string;
  readonly fix: string;
  readonly retryable: boolean;
  readonly status: number | null;
  readonly requestId: string | null;
  readonly retryAfterMs: number | null;
  readonly docsUrl: string | null;
  readonly pointers: readonly string[];

  constructor(message: string, facts: ErrorFacts) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.kind = facts.kind;
    this.code = facts.code;
    this.fix = facts.fix;
    this.retryable = facts.retryable;
    this.status = facts.status ?? null;
    this.requestId = facts.requestId ?? null;
    this.retryAfterMs = facts.retryAfterMs ?? null;
    this.docsUrl = facts.docsUrl ?? null;
    this.pointers = facts.pointers ?? [];
  }
}
