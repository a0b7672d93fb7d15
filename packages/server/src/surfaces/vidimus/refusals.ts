import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Fault } from '../../contract/faults.ts';
import { retryAfter } from '../../http/retry-after.ts';
import { PROBLEMS, type ProblemCode, pageOf } from './problem-codes.ts';

/** A problem of this request: its code, and what there is to say of this time. */
export interface Refusal {
  readonly code: ProblemCode;
  readonly detail?: string;
  /** How long to wait, in ms. */
  readonly waitMs?: number;
  readonly errors?: readonly Fault[];
}

/** Answers with a problem (RFC 9457). Nothing of the request but its id is repeated. */
export function refuse(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { code, detail, waitMs, errors } = refusal;
  const { status, title, fix, retryable } = PROBLEMS[code];
  const seconds = waitMs === undefined ? undefined : retryAfter(waitMs);
  if (seconds !== undefined) reply.header('Retry-After', seconds);
  if (status === 401) reply.header('WWW-Authenticate', challenge(code));
  return reply
    .code(status)
    .type('application/problem+json; charset=utf-8')
    .send({
      type: pageOf(code),
      title,
      status,
      detail: detail ?? `${title}.`,
      // A request id may hold letters that no URI reference has.
      instance: encodeURIComponent(request.id),
      code,
      fix,
      retryable,
      ...(seconds !== undefined && { retryAfter: seconds }),
      ...(errors !== undefined && { errors }),
    });
}

/** RFC 6750 section 3: an error is named only where a token was sent. */
function challenge(code: ProblemCode): string {
  return code === 'credentials-invalid' ? 'Bearer error="invalid_token"' : 'Bearer';
}

const BY_STATUS: Readonly<Record<number, ProblemCode>> = {
  400: 'request-unreadable',
  404: 'path-unknown',
  405: 'method-not-allowed',
  413: 'body-too-large',
  415: 'media-type-unsupported',
};

/** What HTTP itself has to say, in the words of this surface. */
export function problemOfStatus(status: number): Refusal {
  return { code: BY_STATUS[status] ?? 'internal-error' };
}

/** A block, told with its end. */
export function blocked(until: number, now: number): Refusal {
  return {
    code: 'account-blocked',
    detail: `More than five unknown numbers within 24 hours. Blocked until ${new Date(until).toISOString()}.`,
    waitMs: until - now,
  };
}
