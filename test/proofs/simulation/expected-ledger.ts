import type { BudgetUse } from '../../../packages/server/src/limits/budget.ts';

const DAY_MS = 86_400_000;

/** One thing asked of the ledger, in the simulation's own words. */
export interface Ask {
  readonly account: string;
  readonly use: BudgetUse;
  readonly what: 'cpr question' | 'ssn question' | 'unlock' | 'report';
}

export interface Expected {
  readonly entry: number;
  readonly at: number;
  readonly verdict: { readonly failures: number } | { readonly until: number };
}

/** What ledger and budgets have to come to, without a database and written apart from the code that decides. */
export class ExpectedLedger {
  size = 0;
  clock = 0;
  readonly misses = new Map<string, number[]>();
  readonly blocks = new Map<string, number>();

  take(batch: readonly Ask[], now: number): Expected[] {
    if (now > this.clock) this.clock = now;
    return batch.map((ask) => {
      this.size += 1;
      return { entry: this.size, at: this.clock, verdict: this.#verdict(ask) };
    });
  }

  #verdict({ account, use, what }: Ask): Expected['verdict'] {
    if (what === 'unlock') {
      this.misses.delete(account);
      this.blocks.delete(account);
    }
    if (what !== 'cpr question') return { failures: 0 };
    const until = this.blocks.get(account) ?? 0;
    if (this.clock < until) return { until };
    this.blocks.delete(account);
    const recent = (this.misses.get(account) ?? []).filter((at) => this.clock - at < DAY_MS);
    if (use === 'miss') recent.push(this.clock);
    this.misses.set(account, recent);
    if (recent.length <= 5) return { failures: recent.length };
    this.blocks.set(account, this.clock + DAY_MS);
    return { until: this.clock + DAY_MS };
  }
}
