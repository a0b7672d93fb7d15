import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { plainProblem } from './problem.ts';
import { requestIdOf } from './request-id.ts';
import { isPatient } from './slow-body.ts';
import type { Answer, RequestsUnderWay } from './under-way.ts';

interface ParserError {
  readonly code?: string;
}

/** Everything else that the parser gives up on is a bad request. */
const STATUS_OF: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  HPE_HEADER_OVERFLOW: 431,
};
/** Closing at once would reset the connection under a client that still sends, and take the answer from it. */
const LINGER_MS = 1000;

/**
 * Answers what cannot be read as HTTP at all and closes the connection. What the client sent before on the same
 * connection is answered first: it would take this answer for that one's.
 */
export function refuseBroken(
  underWay: RequestsUnderWay,
  headers: Readonly<Record<string, string>>,
): (error: ParserError, socket: Socket) => void {
  const refused = new WeakSet<Socket>();
  return (error, socket) => {
    if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && isPatient(socket)) return;
    if (refused.has(socket)) return;
    refused.add(socket);
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const earlier = underWay(socket).filter(({ req }) => req.complete);
    void Promise.all(earlier.map(closed)).then(() => {
      const isAnswered = underWay(socket).some(({ headersSent }) => headersSent);
      if (isAnswered) socket.end();
      else socket.end(answerTo(error, headers));
      setTimeout(() => socket.destroy(), LINGER_MS).unref();
    });
  };
}

function closed(answer: Answer): Promise<void> {
  return new Promise((resolve) => answer.once('close', resolve));
}

function answerTo({ code = '' }: ParserError, headers: Readonly<Record<string, string>>): string {
  const status = STATUS_OF[code] ?? 400;
  const id = requestIdOf({ headers: {} });
  const body = JSON.stringify(plainProblem(status, id));
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `X-Request-Id: ${id}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
