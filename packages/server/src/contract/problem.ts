import type { Fault } from './faults.ts';
import { PROBLEMS, type ProblemCode, pageOf } from './problem-codes.ts';

/** What keeps a question from being answered this time. */
export interface Refusal {
  readonly code: ProblemCode;
  readonly detail?: string;
  /** How long to wait, in ms. */
  readonly waitMs?: number;
  readonly errors?: readonly Fault[];
}

/** A block, told with its end. Times in ms. */
export function blocked(until: number, now: number): Refusal {
  return {
    code: 'account-blocked',
    detail: `More than five unknown numbers within 24 hours. Blocked until ${new Date(until).toISOString()}.`,
    waitMs: until - now,
  };
}

/** A refusal as an RFC 9457 document. Of the request nothing but its id is in it, where it came with one. */
export function problemOf({ code, detail, waitMs, errors }: Refusal, instance?: string) {
  const { status, title, fix, retryable } = PROBLEMS[code];
  return {
    type: pageOf(code),
    title,
    status,
    detail: detail ?? `${title}.`,
    ...(instance !== undefined && { instance }),
    code,
    fix,
    retryable,
    // Never 0: a client that waits it out must not come too early.
    ...(waitMs !== undefined && { retryAfter: Math.max(1, Math.ceil(waitMs / 1000)) }),
    ...(errors !== undefined && { errors }),
  };
}
