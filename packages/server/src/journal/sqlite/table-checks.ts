import type { ReplayedBudgets } from '@vidimus/ledger';

import { type BudgetState, FRESH_BUDGET } from '../../limits/budget.ts';
import type { DatabaseSync } from '../../storage/sqlite.ts';

/**
 * Why the tables beside the entries are not what the entries lead to; null when they are. They are what the next
 * question is decided by, and found by: whoever edits them ends a block or hides an entry without touching one.
 */
export function troubleBesideEntries(
  db: DatabaseSync,
  replayed: ReplayedBudgets,
  latest: number,
): string | null {
  return troubleInBudgets(db, replayed) ?? troubleInClock(db, latest) ?? troubleInIndexes(db);
}

/** Also of accounts that have no entry, and of entries whose budget has no row. */
function troubleInBudgets(db: DatabaseSync, replayed: ReplayedBudgets): string | null {
  const rows = db.prepare('select * from budget').all() as unknown as BudgetRow[];
  const kept = new Map(rows.map((row) => [`${row.register} ${row.account}`, row]));
  const limited = [...replayed.keys()].map((account) => ({ account, register: 'cpr' }));
  for (const { account, register } of [...rows, ...limited]) {
    const expected = register === 'cpr' ? (replayed.get(account) ?? FRESH_BUDGET) : FRESH_BUDGET;
    if (!isSame(kept.get(`${register} ${account}`), expected)) {
      return `the budget of ${account} is not the one that its entries lead to`;
    }
  }
  return null;
}

interface BudgetRow {
  readonly account: string;
  readonly register: string;
  readonly failed_at: string;
  readonly blocked_until: number | null;
}

function isSame(kept: BudgetRow | undefined, expected: BudgetState): boolean {
  const { failed_at = '[]', blocked_until = null } = kept ?? {};
  return failed_at === JSON.stringify(expected.failedAt) && blocked_until === expected.blockedUntil;
}

/** The clock that blocks end by may be later than the last entry, since probes move it, but never earlier. */
function troubleInClock(db: DatabaseSync, latest: number): string | null {
  const clock = db.prepare('select clock from tree').get()?.['clock'] ?? 0;
  return Number(clock) < latest ? "the ledger's clock is before its last entry" : null;
}

/** An index that was edited hides entries from searches and reports, or shows them to whom they do not concern. */
function troubleInIndexes(db: DatabaseSync): string | null {
  const found = String(db.prepare('pragma integrity_check(1)').get()?.['integrity_check']);
  return found === 'ok' ? null : `the database file is not sound (${found})`;
}
