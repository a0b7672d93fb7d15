import type { LedgerLeaf } from './leaf.ts';

/** The only register with a budget: "more than 5 requests with unknown CPR numbers within 24 hours". */
const budgetRegister = 'cpr';
/** What accounts ask; what operators do concerns no budget. */
const questions: readonly string[] = ['lookup', 'validate', 'verify'];
/** Rows of a batch have a budget of their own, which no entry tells. */
const batchSurface = 'batch';
const allowedFailures = 5;
const windowMs = 24 * 60 * 60 * 1000;
const blockMs = 24 * 60 * 60 * 1000;

/** What an account has used: its failures within the window and the end of its block, in ms. */
export type ReplayedBudget = { readonly failedAt: readonly number[]; readonly blockedUntil: number | null };

/** By account; one that is not in it has used nothing. */
export type ReplayedBudgets = Map<string, ReplayedBudget>;

const fresh: ReplayedBudget = { failedAt: [], blockedUntil: null };

/**
 * Replays the budget of every account (EXPORT.md, Budget). Takes the leaves in their order, keeps `budgets` up to
 * date, and says of each leaf whether outcome, failures and block follow from those before it. After a `false`
 * the budgets mean nothing any more.
 *
 * An account has up to five failures within 24 hours. The sixth is refused and starts a block of 24 hours,
 * during which everything is refused and nothing prolongs it. An unlock forgets failures and block. A row of a
 * batch counts nothing; while its account is blocked there is none.
 */
export function followsBudget(budgets: ReplayedBudgets, leaf: LedgerLeaf): boolean {
  const { account, surface, register, operation, outcome, at } = leaf;
  if (register === budgetRegister && operation === 'unlock') budgets.set(account, fresh);
  if (register !== budgetRegister || !questions.includes(operation)) return says(leaf, 0, null);
  const { failedAt, blockedUntil } = budgets.get(account) ?? fresh;
  const isBlocked = blockedUntil !== null && blockedUntil > at;
  if (surface === batchSurface) return !isBlocked && says(leaf, 0, null);
  if (isBlocked) {
    return outcome === 'blocked' && says(leaf, allowedFailures + 1, blockedUntil);
  }
  const counted = failedAt.filter((failure) => failure > at - windowMs);
  if (outcome === 'unknown') counted.push(at);
  // Refused for a block that ended while the request was under way: nothing was asked, nothing counts.
  const startsBlock = outcome === 'blocked' && leaf.blockedUntil !== null;
  if (startsBlock) {
    budgets.set(account, { failedAt: [...counted, at], blockedUntil: at + blockMs });
    return counted.length === allowedFailures && says(leaf, allowedFailures + 1, at + blockMs);
  }
  budgets.set(account, { failedAt: counted, blockedUntil: null });
  return counted.length <= allowedFailures && says(leaf, counted.length, null);
}

function says(leaf: LedgerLeaf, failures: number, blockedUntil: number | null): boolean {
  return leaf.failures === failures && leaf.blockedUntil === blockedUntil;
}
