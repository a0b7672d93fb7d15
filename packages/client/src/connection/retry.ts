/**
 * When a request may be sent again. `always`: it changes nothing, or carries an idempotency key. `if-refused`: only
 * after an answer which says that nothing was done, because a lookup that got lost on the way may have been counted
 * all the same, and sent again would count a second time. `never`: its body can be read once only.
 */
export type Repeatable = 'always' | 'if-refused' | 'never';

/** What became of an attempt, as far as trying again is concerned. */
export type AttemptEnd =
  | { readonly kind: 'no-answer' }
  | { readonly kind: 'answer'; readonly status: number; readonly retryAfterMs: number | null };

export interface RetryRule {
  readonly retries: number;
  readonly longestWaitMs: number;
}

const FIRST_WAIT_MS = 100;
const LONGEST_BACKOFF_MS = 2_000;

/**
 * How long to wait before the next attempt; null to leave it. The server's `Retry-After` goes before our own
 * back-off, which doubles and is drawn from all of its range, so that clients do not come back together.
 *
 * @param attempt attempts made so far, from 1
 * @param random from 0 to 1
 */
export function waitBeforeRetry(
  rule: RetryRule,
  repeatable: Repeatable,
  attempt: number,
  end: AttemptEnd,
  random: number,
): number | null {
  if (attempt > rule.retries || !mayRepeat(repeatable, end)) return null;
  const asked = end.kind === 'answer' ? end.retryAfterMs : null;
  const wait = asked ?? random * Math.min(LONGEST_BACKOFF_MS, FIRST_WAIT_MS * 2 ** (attempt - 1));
  return wait <= rule.longestWaitMs ? wait : null;
}

function mayRepeat(repeatable: Repeatable, end: AttemptEnd): boolean {
  if (repeatable === 'never') return false;
  if (end.kind === 'no-answer') return repeatable === 'always';
  if (end.status === 429) return true;
  // 409: the first attempt is still being answered.
  return repeatable === 'always' && [409, 502, 503, 504].includes(end.status);
}

/** Whole seconds or a date (RFC 9110, 10.2.3), in ms from `now`; null for anything else. */
export function readRetryAfter(value: string | null, now: number): number | null {
  if (value === null) return null;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const at = value.endsWith(' GMT') ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
