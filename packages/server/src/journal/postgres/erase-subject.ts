import type { Sql } from '../../storage/sql.ts';
import type { Draft } from '../entry.ts';
import type { LedgerKeys } from '../ledger-keys.ts';
import { lockAccount } from './account-row.ts';
import { entryRow, insertEntries } from './entry-rows.ts';

/** An entry about the subject that is to be erased, with its number in the ledger. */
export interface ErasableEntry {
  readonly account: string;
  readonly id: number;
  readonly entry: number;
}

/** The entries about a subject, over all accounts; null while one of them waits for its place in the tree. */
export async function erasableEntries(sql: Sql, subject: Uint8Array): Promise<ErasableEntry[] | null> {
  const rows = await sql.all(
    `select entry.account, entry.id, tree_leaf.position
     from entry left join tree_leaf on tree_leaf.account = entry.account and tree_leaf.id = entry.id
     where entry.subject = $1`,
    subject,
  );
  if (rows.some((row) => row['position'] === null)) return null;
  return rows
    .map((row) => ({
      account: row['account'] as string,
      id: row['id'] as number,
      entry: row['position'] as number,
    }))
    .sort((one, other) => one.entry - other.entry);
}

/**
 * Erases what is personal in these entries, with the answers and names that are kept, and writes the entry that names
 * them, in the caller's transaction over all nodes. The id of that entry.
 */
export async function eraseEntries(
  sql: Sql,
  keys: LedgerKeys,
  subject: Uint8Array,
  erasable: readonly ErasableEntry[],
  draft: Draft,
  now: number,
): Promise<number> {
  const locked = await lockAccount(sql, draft.account, 1, now);
  const id = locked.nextId();
  const decision = {
    at: locked.clock,
    outcome: draft.outcome,
    failures: 0,
    blockedUntil: null,
    erased: erasable.map(({ entry }) => entry),
  };
  await insertEntries(sql, draft.account, [entryRow(keys, draft, id, decision)]);
  for (const each of erasable) {
    await sql.run(
      'update entry set details = null, subject = null, reference = null where account = $1 and id = $2',
      each.account,
      each.id,
    );
    await sql.run('delete from kept_answer where account = $1 and id = $2', each.account, each.id);
  }
  await sql.run('delete from name_attempt where subject = $1', subject);
  return id;
}
