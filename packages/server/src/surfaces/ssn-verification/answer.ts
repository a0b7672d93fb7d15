import { STATUS_CODES } from 'node:http';
import type { SsnMatch } from '../../verification/verify-ssn.ts';
import type { SsnMatchWord, Success } from './schema.ts';

const WORDS: Readonly<Record<SsnMatch, SsnMatchWord>> = {
  full: 'fullMatch',
  partial: 'partialMatch',
  none: 'noMatch',
  deceased: 'deceased',
  'not-found': 'notFound',
};

/** How number and name fit, in the vendor's words. `action` is `pass` for all of them, as documented. */
export function successOf(match: SsnMatch | 'invalid-format'): Success {
  return {
    status: 'success',
    statusCode: '200',
    result: {
      details: { ssnMatch: match === 'invalid-format' ? 'invalidFormat' : WORDS[match] },
      summary: { action: 'pass', details: [] },
    },
  };
}

/** The service's own refusal of a field; its code is text. */
export function fieldError(error: string) {
  return { status: 'failure', statusCode: '400', error };
}

/** Too many requests, or too many different names for one number: the same words, and a number for a code. */
export const RATE_LIMIT_ERROR = { status: 'failure', statusCode: 429, error: 'Requests rate limit exceeded' };

export const CREDENTIALS_ERROR = gatewayError(401, 'Missing/Invalid credentials');

/** What the gateway answers in the name of HTTP. */
export function gatewayError(statusCode: number, message = STATUS_CODES[statusCode] ?? 'Error') {
  return { message, statusCode, status: 'failure' };
}
