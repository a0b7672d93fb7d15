import { isBlocked } from '../limits/budget.ts';
import type { BudgetReader } from './request.ts';

/** How long an account that was not blocked is taken not to be; the decision that counts is made later anyway. */
const LOOK_AGAIN_AFTER_MS = 100;

/**
 * Reads budgets for early refusals, of an account that is not blocked only now and then. A block is read every
 * time, so that its end and an unlocking hold at once.
 */
export function recentBudgets(read: BudgetReader, clock: () => number): BudgetReader {
  const free = new Map<
    string,
    { readonly state: Awaited<ReturnType<BudgetReader>>; readonly readAt: number }
  >();
  return async (account, register) => {
    const known = free.get(account);
    if (known !== undefined && Math.abs(clock() - known.readAt) < LOOK_AGAIN_AFTER_MS) return known.state;
    const state = await read(account, register);
    if (isBlocked(state, clock())) free.delete(account);
    else free.set(account, { state, readAt: clock() });
    return state;
  };
}
