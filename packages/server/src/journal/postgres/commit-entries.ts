import type { Sql } from '../../storage/sql.ts';
import type { Draft, Keep, Recorded } from '../entry.ts';
import type { LedgerKeys } from '../ledger-keys.ts';
import { decisionOf, settle } from '../settle.ts';
import { lockAccount } from './account-row.ts';
import { type EntryRow, entryRow, insertEntries } from './entry-rows.ts';
import { isRepeated, keepAnswer } from './kept-answers.ts';

export interface EntryWork {
  readonly draft: Draft;
  readonly keep: Keep | null;
}

export type EntryDone =
  | { readonly kind: 'recorded'; readonly recorded: Recorded }
  | { readonly kind: 'repeated' };

/**
 * Writes drafts of one account in their order, inside the caller's transaction: under the lock of the account's row
 * each one's budget is decided and its entry gets the account's next id. Everything it asks is about this account.
 */
export async function commitEntries(
  sql: Sql,
  keys: LedgerKeys,
  account: string,
  batch: readonly EntryWork[],
  now: number,
): Promise<EntryDone[]> {
  const locked = await lockAccount(sql, account, batch.length, now);
  const { clock } = locked;
  const rows: EntryRow[] = [];
  const done: EntryDone[] = [];
  for (const { draft, keep } of batch) {
    if (keep !== null && (await isRepeated(sql, account, keep, clock))) {
      done.push({ kind: 'repeated' });
      continue;
    }
    const verdict = settle(locked.budgets, draft, clock);
    const id = locked.nextId();
    rows.push(entryRow(keys, draft, id, decisionOf(draft, verdict, clock)));
    if (keep !== null && verdict.kind === 'allowed') {
      await keepAnswer(sql, keys.ledger, { account, id, now: clock }, keep);
    }
    done.push({ kind: 'recorded', recorded: { id, at: clock, verdict } });
  }
  await insertEntries(sql, account, rows);
  await locked.release();
  return done;
}
