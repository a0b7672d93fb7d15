import { type ErrorKind, VidimusError } from '../vidimus-error.ts';
import type { Answer } from './connection.ts';
import { memberOf, textOf } from './members.ts';

interface Standing {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly message: string;
  readonly fix: string;
  readonly retryable?: true;
}

const CREDENTIALS =
  'Check the credentials of this client; an operator sees their state with `vidimus account show NAME`.';

const BY_STATUS: Readonly<Record<number, Standing>> = {
  400: {
    kind: 'input',
    code: 'input-refused',
    message: 'The request is refused.',
    fix: 'Check what was sent.',
  },
  401: {
    kind: 'credentials',
    code: 'credentials-refused',
    message: 'The credentials are refused.',
    fix: CREDENTIALS,
  },
  403: {
    kind: 'credentials',
    code: 'not-allowed',
    message: 'The account may not do this.',
    fix: 'Ask an operator for the capability.',
  },
  404: {
    kind: 'not-found',
    code: 'not-found',
    message: 'There is nothing here.',
    fix: 'Check url and path.',
  },
  410: {
    kind: 'not-found',
    code: 'gone',
    message: 'This is not there any more.',
    fix: 'Fetch what you need before it is deleted.',
  },
  409: {
    kind: 'conflict',
    code: 'conflict',
    message: 'Another request is in the way.',
    fix: 'Wait for the other request.',
  },
  413: { kind: 'input', code: 'too-large', message: 'The request is too large.', fix: 'Send less at once.' },
  422: {
    kind: 'input',
    code: 'input-refused',
    message: 'The request is refused.',
    fix: 'Check what was sent.',
  },
  429: {
    kind: 'rate-limited',
    code: 'rate-limited',
    message: 'Too many requests.',
    fix: 'Send fewer requests per second, or ask an operator for a higher limit.',
    retryable: true,
  },
  503: {
    kind: 'unavailable',
    code: 'unavailable',
    message: 'The server cannot answer now.',
    fix: 'Try again later; the server’s /readyz says what is wrong.',
    retryable: true,
  },
};

const UNEXPECTED: Standing = {
  kind: 'protocol',
  code: 'unexpected-answer',
  message: 'The server answered something that this client does not know.',
  fix: 'Check that the url is that of a Vidimus server, and that client and server are of versions that go together.',
};

/** What an answer means that is none about a person: problem details (RFC 9457) where there are, else its status. */
export function refusalOf(answer: Answer): VidimusError {
  const { status, json, requestId, retryAfterMs } = answer;
  const standing = BY_STATUS[status] ?? (status >= 500 ? serverError(status) : UNEXPECTED);
  const retryable = memberOf(json, 'retryable');
  const code = textOf(json, 'code') ?? standing.code;
  return new VidimusError(textOf(json, 'title') ?? standing.message, {
    // Told with the status of bad input, but nothing is wrong with the request itself.
    kind: code === 'idempotency-key-reused' ? 'conflict' : standing.kind,
    code,
    fix: textOf(json, 'fix') ?? standing.fix,
    retryable: typeof retryable === 'boolean' ? retryable : standing.retryable === true,
    status,
    requestId,
    retryAfterMs,
    docsUrl: docsUrlOf(answer),
    pointers: pointersOf(json),
  });
}

function serverError(status: number): Standing {
  return {
    kind: 'unavailable',
    code: 'server-error',
    message: `The server failed with status ${status}.`,
    fix: 'Give the request id to whoever runs the server.',
    retryable: true,
  };
}

function docsUrlOf({ json, server }: Answer): string | null {
  const type = textOf(json, 'type');
  return type?.startsWith('/') === true ? new URL(type, server).href : null;
}

function pointersOf(json: unknown): string[] {
  const errors = memberOf(json, 'errors');
  if (!Array.isArray(errors)) return [];
  return errors.map((error: unknown) => textOf(error, 'pointer')).filter((pointer) => pointer !== null);
}
