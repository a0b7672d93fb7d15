import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const LONGEST_ID = 128;
/** RFC 9110 `tchar`. */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
/** A CPR number or an SSN that stands by itself, as no part of a UUID or of a trace id does. */
const PERSONS_NUMBER = /(?<![a-z\d])(\d{6}-?\d{4}|\d{3}-?\d{2}-?\d{4})(?![a-z\d])/i;

/**
 * The caller's `X-Request-Id` when it is a sane token of at most 128 letters, else a new one. The id is logged and
 * repeated in errors, so that one which looks like a person's number is not taken over.
 */
export function requestIdOf(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id'];
  const isSane =
    typeof given === 'string' &&
    given.length <= LONGEST_ID &&
    TOKEN.test(given) &&
    !PERSONS_NUMBER.test(given);
  return isSane ? given : randomUUID();
}
