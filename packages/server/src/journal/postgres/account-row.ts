import { type BudgetState, FRESH_BUDGET } from '../../limits/budget.ts';
import type { Row, Sql } from '../../storage/sql.ts';
import type { RegisterName } from '../entry.ts';
import type { Budgets } from '../settle.ts';

/** The row of an account, locked until the transaction ends. */
export interface LockedAccount {
  /** The time of this transaction's entries, in ms. */
  readonly clock: number;
  /** Only those of this account, although they are asked by its name. */
  readonly budgets: Budgets;
  /** The id of the next entry. */
  nextId(): number;
  /** Writes down what has changed. */
  release(): Promise<void>;
}

/**
 * Locks the row of an account and makes it where there is none, with one statement: it takes the ids of so many
 * entries and moves the account's clock on, which never runs backwards. Reading the row in another statement would
 * give it as it was before the wait for the lock.
 */
const LOCK = `
  insert into ledger_account (account, last_id, clock, budgets) values ($1, $2, $3, '{}')
  on conflict (account) do update
    set last_id = ledger_account.last_id + excluded.last_id, clock = greatest(ledger_account.clock, excluded.clock)
  returning last_id, clock, budgets`;

const WRITE_BACK = 'update ledger_account set last_id = $2, budgets = $3 where account = $1';

export async function lockAccount(
  sql: Sql,
  account: string,
  entries: number,
  now: number,
): Promise<LockedAccount> {
  const row = (await sql.get(LOCK, account, entries, now)) as Row;
  const states = budgetsIn(row);
  const taken = row['last_id'] as number;
  let last = taken - entries;
  let isChanged = false;
  return {
    clock: row['clock'] as number,
    budgets: {
      read: (_account, register) => states[register] ?? FRESH_BUDGET,
      write(_account, register, state) {
        states[register] = state;
        isChanged = true;
      },
    },
    nextId() {
      last += 1;
      return last;
    },
    async release() {
      if (isChanged || last !== taken) await sql.run(WRITE_BACK, account, last, JSON.stringify(states));
    },
  };
}

/** The budgets of an account, as they are kept. */
export function budgetsIn(row: Row): Partial<Record<RegisterName, BudgetState>> {
  return JSON.parse(row['budgets'] as string) as Partial<Record<RegisterName, BudgetState>>;
}
