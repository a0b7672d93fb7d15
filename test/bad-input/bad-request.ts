import { METHODS } from 'node:http';
import fc from 'fast-check';
import type { Asked } from './answer-faults.ts';
import type { SurfaceName } from './surface-answers.ts';

/** A request as it is to be written, and what may be said to it. */
export interface BadRequest {
  readonly surface: SurfaceName;
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer | null;
  /** How the body's end is told. */
  readonly framing: 'length' | 'chunked';
  readonly expected: Pick<Asked, 'statuses' | 'says' | 'allow'>;
  /** Whether the answer 200 has an entry in the ledger. */
  readonly isRecorded: boolean;
  /** What is sent as `X-Request-Id` (undefined: a plain one) and as `transactionId`, and whether it is sane. */
  readonly requestId?: { readonly value: string; readonly isSane: boolean };
  readonly transactionId?: { readonly value: string; readonly isSane: boolean };
}

const CHUNK_BYTES = 4000;

/** The bytes of a request; `id` tells it from every other one. */
export function bytesOf(request: BadRequest, id: string): Buffer {
  const { method, path, headers, body, framing, requestId, transactionId } = request;
  const lines = [
    `${method} ${path} HTTP/1.1`,
    'Host: register.example',
    `X-Request-Id: ${requestId?.value ?? id}`,
    ...(transactionId === undefined ? [] : [`TransactionID: ${transactionId.value}`]),
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ];
  if (body === null) return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  lines.push(framing === 'chunked' ? 'Transfer-Encoding: chunked' : `Content-Length: ${body.length}`);
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  return Buffer.concat([head, framing === 'chunked' ? chunked(body) : body]);
}

function chunked(body: Buffer): Buffer {
  const pieces: Buffer[] = [];
  for (let at = 0; at < body.length; at += CHUNK_BYTES) {
    const piece = body.subarray(at, at + CHUNK_BYTES);
    pieces.push(Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n'));
  }
  return Buffer.concat([...pieces, Buffer.from('0\r\n\r\n')]);
}

/** What the answer to a request is held against. */
export function askedBy(request: BadRequest, id: string, bytes: Buffer): Asked {
  const { surface, method, expected, requestId, transactionId } = request;
  return {
    surface,
    method,
    ...expected,
    requestId: requestId === undefined ? id : requestId.isSane ? requestId.value : null,
    transactionId: transactionId?.isSane === true ? transactionId.value : null,
    sent: `${bytes.toString('utf8')}\n${bytes.toString('latin1')}`,
  };
}

export const framing = fc.oneof(
  { weight: 3, arbitrary: fc.constant('length' as const) },
  { weight: 1, arbitrary: fc.constant('chunked' as const) },
);

/** Every method that Node can read, but those of a path; CONNECT is a matter of its own. */
export function otherMethods(allowed: string): fc.Arbitrary<string> {
  return fc.constantFrom(...METHODS.filter((method) => method !== allowed && method !== 'CONNECT'));
}
