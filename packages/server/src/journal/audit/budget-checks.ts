import type { ReplayedBudgets } from '@vidimus/ledger';
import { type BudgetState, FRESH_BUDGET } from '../../limits/budget.ts';
import type { StoredBudget } from '../stored-ledger.ts';

/**
 * Whether a kept budget is the one that the entries of its account lead to. It is what the next question is decided
 * by: whoever edits it ends a block without touching an entry.
 */
export function isReplayed({ account, register, state }: StoredBudget, replayed: ReplayedBudgets): boolean {
  return isSame(state, register === 'cpr' ? (replayed.get(account) ?? FRESH_BUDGET) : FRESH_BUDGET);
}

/** An account whose entries lead to a budget of which nothing is kept; null when there is none. */
export function accountWithoutBudget(
  kept: readonly StoredBudget[],
  replayed: ReplayedBudgets,
): string | null {
  const known = new Set(kept.filter(({ register }) => register === 'cpr').map(({ account }) => account));
  for (const [account, state] of replayed) {
    if (!known.has(account) && !isSame(state, FRESH_BUDGET)) return account;
  }
  return null;
}

function isSame(kept: BudgetState | null, expected: BudgetState): boolean {
  return (
    kept !== null &&
    JSON.stringify(kept.failedAt) === JSON.stringify(expected.failedAt) &&
    kept.blockedUntil === expected.blockedUntil
  );
}
