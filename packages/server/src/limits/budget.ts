/** How many unknown numbers an account may ask for, within which time, and how long it is blocked after that. */
export interface BudgetRule {
  readonly failures: number;
  readonly windowMs: number;
  readonly blockMs: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** "Making more than 5 requests with unknown CPR numbers within 24 hours will block your access for 24 hours." */
export const CPR_BUDGET: BudgetRule = { failures: 5, windowMs: DAY_MS, blockMs: DAY_MS };

/** What is remembered of one account and register: when it failed (ms, oldest first) and until when it is blocked. */
export interface BudgetState {
  readonly failedAt: readonly number[];
  readonly blockedUntil: number | null;
}

export const FRESH_BUDGET: BudgetState = { failedAt: [], blockedUntil: null };

/** What a request was before the budget had its say; only a miss of a well-formed number ever counts. */
export type BudgetUse = 'hit' | 'miss' | 'unavailable' | 'refused';

export type BudgetDecision =
  | { readonly kind: 'allowed'; readonly state: BudgetState; readonly failures: number }
  | { readonly kind: 'blocked'; readonly state: BudgetState; readonly until: number };

/**
 * Decides one request at time `now` (ms). While a block lasts everything is blocked and nothing prolongs it.
 * Misses 1 to 5 within the window are allowed and counted; the 6th starts the block and is itself blocked.
 */
export function decide(rule: BudgetRule, state: BudgetState, use: BudgetUse, now: number): BudgetDecision {
  if (isBlocked(state, now)) return { kind: 'blocked', state, until: state.blockedUntil };
  const failedAt = state.failedAt.filter((at) => at > now - rule.windowMs);
  if (use !== 'miss') {
    return { kind: 'allowed', state: { failedAt, blockedUntil: null }, failures: failedAt.length };
  }
  const counted = [...failedAt, now];
  if (counted.length <= rule.failures) {
    return { kind: 'allowed', state: { failedAt: counted, blockedUntil: null }, failures: counted.length };
  }
  const until = now + rule.blockMs;
  return { kind: 'blocked', state: { failedAt: counted, blockedUntil: until }, until };
}

export function isBlocked(
  state: BudgetState,
  now: number,
): state is BudgetState & { readonly blockedUntil: number } {
  return state.blockedUntil !== null && state.blockedUntil > now;
}
