import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const LONGEST_ID = 128;

/** The caller's `X-Request-Id` when it is a sane token (RFC 9110 `tchar`, at most 128 letters), else a new one. */
export function requestIdOf(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && given.length <= LONGEST_ID && /^[\w!#$%&'*+.^`|~-]+$/.test(given)
    ? given
    : randomUUID();
}
