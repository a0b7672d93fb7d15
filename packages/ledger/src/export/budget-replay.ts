import type { LedgerLeaf } from './leaf.ts';

/** The only register with a budget: "more than 5 requests with unknown CPR numbers within 24 hours". */
const budgetRegister = 'cpr';
/** What accounts ask; what operators do concerns no budget. */
const questions: readonly string[] = ['lookup', 'validate', 'verify'];
const allowedFailures = 5;
const windowMs = 24 * 60 * 60 * 1000;
const blockMs = 24 * 60 * 60 * 1000;

type Budget = { readonly failedAt: readonly number[]; readonly blockedUntil: number | null };

const fresh: Budget = { failedAt: [], blockedUntil: null };

/**
 * Replays the budget of every account (EXPORT.md, Budget). The function takes the leaves in their order and
 * says of each whether outcome, failures and block follow from those before it. After a `false` it is of no
 * further use.
 *
 * An account has up to five failures within 24 hours. The sixth is refused and starts a block of 24 hours,
 * during which everything is refused and nothing prolongs it. An unlock forgets failures and block.
 */
export function budgetReplay(): (leaf: LedgerLeaf) => boolean {
  const budgets = new Map<string, Budget>();
  return (leaf) => {
    const { account, register, operation, outcome, at } = leaf;
    if (register === budgetRegister && operation === 'unlock') budgets.set(account, fresh);
    if (register !== budgetRegister || !questions.includes(operation)) return says(leaf, 0, null);
    const { failedAt, blockedUntil } = budgets.get(account) ?? fresh;
    if (blockedUntil !== null && blockedUntil > at) {
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
  };
}

function says(leaf: LedgerLeaf, failures: number, blockedUntil: number | null): boolean {
  return leaf.failures === failures && leaf.blockedUntil === blockedUntil;
}
