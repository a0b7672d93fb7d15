import { type BudgetState, FRESH_BUDGET } from '../../limits/budget.ts';
import type { DatabaseSync } from '../../storage/sqlite.ts';
import type { RegisterName } from '../entry.ts';
import type { Budgets } from '../settle.ts';

/** The budget table, one row per account and register, kept in step with the ledger by the caller's transaction. */
export function budgetRows(db: DatabaseSync): Budgets {
  const select = db.prepare('select failed_at, blocked_until from budget where account = ? and register = ?');
  const upsert = db.prepare(`
    insert into budget (account, register, failed_at, blocked_until) values (?, ?, ?, ?)
    on conflict (account, register) do update set failed_at = excluded.failed_at, blocked_until = excluded.blocked_until`);
  return {
    read(account, register) {
      const row = select.get(account, register);
      if (row === undefined) return FRESH_BUDGET;
      return budgetState(row);
    },
    write(account, register, state) {
      upsert.run(account, register, JSON.stringify(state.failedAt), state.blockedUntil);
    },
  };
}

export function budgetState(row: Readonly<Record<string, unknown>>): BudgetState {
  return {
    failedAt: JSON.parse(row['failed_at'] as string) as number[],
    blockedUntil: row['blocked_until'] as number | null,
  };
}

/** The same for one transaction, which nobody else can come into: a budget is read once however many draw on it. */
export function heldBudgets(rows: Budgets): Budgets {
  const held = new Map<string, BudgetState>();
  const nameOf = (account: string, register: RegisterName): string => `${register}|${account}`;
  return {
    read(account, register) {
      const name = nameOf(account, register);
      const state = held.get(name) ?? rows.read(account, register);
      held.set(name, state);
      return state;
    },
    write(account, register, state) {
      held.set(nameOf(account, register), state);
      rows.write(account, register, state);
    },
  };
}
