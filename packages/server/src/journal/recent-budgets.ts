import { type BudgetState, isBlocked } from '../limits/budget.ts';
import type { Draft } from './entry.ts';
import type { Journal } from './journal.ts';

/** How long an account that was not blocked is taken not to be, when another process may have blocked it. */
const LOOK_AGAIN_AFTER_MS = 100;

/**
 * The same journal, which reads the budget of an account that is not blocked only now and then: it is read for early
 * refusals, and `record` decides anyway. A block is read every time, so that its end and an unlocking hold at once; so is
 * the budget of an account that has just drawn on it here.
 */
export function withRecentBudgets(journal: Journal): Journal {
  const free = new Map<string, { readonly state: BudgetState; readonly readAt: number }>();
  const forgetting = async <R>(draft: Draft, recording: Promise<R>): Promise<R> => {
    const result = await recording;
    free.delete(draft.account);
    return result;
  };
  return {
    ...journal,
    record: (draft) =>
      draft.use === 'miss' ? forgetting(draft, journal.record(draft)) : journal.record(draft),
    recordAndKeep: (draft, keep) =>
      draft.use === 'miss'
        ? forgetting(draft, journal.recordAndKeep(draft, keep))
        : journal.recordAndKeep(draft, keep),
    async budget(account, register) {
      if (register !== 'cpr') return journal.budget(account, register);
      const known = free.get(account);
      if (known !== undefined && Math.abs(journal.now() - known.readAt) < LOOK_AGAIN_AFTER_MS)
        return known.state;
      const state = await journal.budget(account, register);
      if (isBlocked(state, journal.now())) free.delete(account);
      else free.set(account, { state, readAt: journal.now() });
      return state;
    },
  };
}
