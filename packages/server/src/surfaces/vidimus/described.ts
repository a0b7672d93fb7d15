import { type TSchema, Type } from 'typebox';
import type { ProblemCode } from '../../contract/problem-codes.ts';
import { problems } from './problem-schema.ts';

/** What every route may answer before it looks at what was asked. */
const AT_THE_DOOR = [
  'request-unreadable',
  'simulation-unknown',
  'credentials-missing',
  'credentials-invalid',
  'surface-not-allowed',
  'rate-limited',
  'internal-error',
  'ledger-unwritable',
] as const satisfies readonly ProblemCode[];

const LIMITS = {
  RateLimit: {
    type: 'string',
    description:
      'What is left of each policy: `r` requests, `t` seconds until more (draft-ietf-httpapi-ratelimit-headers-10).',
  },
  'RateLimit-Policy': { type: 'string', description: 'The policies: `q` requests in `w` seconds.' },
};

const REPLAYED = {
  'Idempotency-Replayed': {
    type: 'string',
    enum: ['true'],
    description: 'There when this answer was given before, to a request with the same `Idempotency-Key`.',
  },
};

const LOCATION = { type: 'string', description: 'Where the batch is told of.' };

const IdempotencyHeader = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      description:
        'Makes a retry safe: the same request with the same key gets the answer of the first one for at least 24 hours. It is not asked again, and nothing is counted again.',
      examples: ['"8e03978e-40d5-43e8-bc93-6894a57f9324"'],
    }),
  ),
});

interface RouteWords {
  readonly operationId: string;
  readonly tag: 'Questions' | 'Batches' | 'Account';
  readonly summary: string;
  readonly description?: string;
}

/** The schema of a route that reads. */
export function read(words: RouteWords, answer: TSchema, ...codes: readonly ProblemCode[]) {
  const { tag, ...rest } = words;
  return {
    ...rest,
    tags: [tag],
    security: [{ bearer: [] }],
    response: {
      200: answered(answer, LIMITS),
      ...problems(...AT_THE_DOOR, ...codes),
    },
  };
}

/** The schema of a route that asks a register. */
export function ask(words: RouteWords, body: TSchema, answer: TSchema, ...codes: readonly ProblemCode[]) {
  const { tag, ...rest } = words;
  return {
    ...rest,
    tags: [tag],
    security: [{ bearer: [] }],
    headers: IdempotencyHeader,
    body,
    response: {
      200: answered(answer, { ...LIMITS, ...REPLAYED }),
      ...problems(
        ...AT_THE_DOOR,
        'idempotency-key-malformed',
        'idempotency-key-reused',
        'request-in-progress',
        'body-too-large',
        'media-type-unsupported',
        'input-invalid',
        'account-blocked',
        'register-unavailable',
        ...codes,
      ),
    },
  };
}

/** The schema of a route that takes rows. */
export function upload(words: RouteWords, types: readonly string[], answer: TSchema) {
  const { tag, ...rest } = words;
  return {
    ...rest,
    tags: [tag],
    security: [{ bearer: [] }],
    headers: IdempotencyHeader,
    consumes: [...types],
    body: Type.String({ description: 'Rows in UTF-8: CSV with a header, or a JSON object on each line.' }),
    response: {
      202: answered(answer, { ...LIMITS, ...REPLAYED, Location: LOCATION }),
      ...problems(
        ...AT_THE_DOOR,
        'batch-not-allowed',
        'idempotency-key-malformed',
        'idempotency-key-reused',
        'request-in-progress',
        'batch-too-large',
        'media-type-unsupported',
        'batch-unreadable',
        'input-invalid',
        'account-blocked',
        'too-many-batches',
        'register-unavailable',
      ),
    },
  };
}

/** The schema of a route that streams results. */
export function results(words: RouteWords, types: readonly string[]) {
  const { tag, ...rest } = words;
  const schema = Type.String({ description: 'A line for each row, in the order of the rows.' });
  return {
    ...rest,
    tags: [tag],
    security: [{ bearer: [] }],
    response: {
      200: {
        description: 'The results.',
        headers: LIMITS,
        content: Object.fromEntries(types.map((type) => [type, { schema }])),
      },
      ...problems(...AT_THE_DOOR, 'batch-not-allowed', 'batch-unknown', 'batch-running', 'batch-forgotten'),
    },
  };
}

function answered(schema: TSchema, headers: object) {
  return { description: 'The answer.', headers, content: { 'application/json': { schema } } };
}
