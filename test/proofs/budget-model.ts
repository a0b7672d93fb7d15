import type { Leaf } from '../../packages/server/src/journal/entry.ts';

const DAY_MS = 86_400_000;
const QUESTIONS = new Set(['lookup', 'validate', 'verify']);

interface Standing {
  misses: readonly number[];
  until: number | null;
}

/**
 * What the budgets have to be, worked out from the leaves alone and written without a look at the code that
 * decides them: at most five unknown numbers in 24 hours, the sixth blocks for 24 hours, an unlock makes whole.
 */
export class BudgetModel {
  readonly #accounts = new Map<string, Standing>();

  /** Takes the next leaf; says what is wrong with its decision, or null. */
  take(leaf: Leaf): string | null {
    if (leaf.register !== 'cpr') return null;
    if (leaf.operation === 'unlock') this.#accounts.delete(leaf.account);
    if (!QUESTIONS.has(leaf.operation)) return null;
    const at = Date.parse(leaf.at);
    const kept = this.#of(leaf.account);
    if (kept.until !== null && at < kept.until) {
      return leaf.outcome === 'blocked' && leaf.blockedUntil === iso(kept.until)
        ? null
        : `answered ${leaf.outcome} while blocked until ${iso(kept.until)}`;
    }
    const misses = kept.misses.filter((miss) => at - miss < DAY_MS);
    const [standing, expected] = this.#decide(leaf, misses, at);
    this.#accounts.set(leaf.account, standing);
    const found = `${leaf.outcome}, ${leaf.failures} failures, blocked until ${leaf.blockedUntil}`;
    const wanted = `${leaf.outcome}, ${expected} failures, blocked until ${standing.until === null ? null : iso(standing.until)}`;
    if (leaf.outcome === 'unknown' && expected > 5) return `the ${expected}th unknown number was answered`;
    return found === wanted ? null : `is ${found}; has to be ${wanted}`;
  }

  /** Times of the counted failures and the end of the block, per account that has any. */
  standings(): ReadonlyMap<string, Standing> {
    return this.#accounts;
  }

  #decide(leaf: Leaf, misses: readonly number[], at: number): [Standing, number] {
    const isSixth = leaf.outcome === 'blocked' && leaf.blockedUntil !== null;
    if (leaf.outcome !== 'unknown' && !isSixth) return [{ misses, until: null }, misses.length];
    const counted = [...misses, at];
    return [{ misses: counted, until: isSixth ? at + DAY_MS : null }, counted.length];
  }

  #of(account: string): Standing {
    return this.#accounts.get(account) ?? { misses: [], until: null };
  }
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
