import { leafHash } from '@vidimus/ledger';
import { seal } from '../../storage/sealing.ts';
import type { Sql, SqlValue } from '../../storage/sql.ts';
import type { Draft } from '../entry.ts';
import { encodeLeaf, type LeafDecision } from '../entry-bytes.ts';
import type { LedgerKeys } from '../ledger-keys.ts';
import { type PreparedEntry, prepareEntry } from '../prepared-entry.ts';
import { sha256 } from '../sha256.ts';
import { rowsOfValues } from './rows-of-values.ts';

/** Each number of rows is a statement of its own, which every connection prepares once and keeps. */
const ROWS_PER_STATEMENT = 64;

/** An entry of an account, ready to be written. */
export type EntryRow = readonly SqlValue[];

/** Seals and hashes an entry; the account is told when it is written. */
export function entryRow(
  keys: LedgerKeys,
  draft: Draft,
  id: number,
  decision: Omit<LeafDecision, 'commitment'>,
): EntryRow {
  return preparedRow(keys, prepareEntry(keys, draft), id, decision);
}

/** The same for an entry whose details were put together elsewhere. */
export function preparedRow(
  keys: LedgerKeys,
  entry: PreparedEntry,
  id: number,
  decision: Omit<LeafDecision, 'commitment'>,
): EntryRow {
  const { account, register, operation, subject, reference, details, commitment } = entry;
  const leaf = encodeLeaf(entry, { ...decision, commitment });
  return [
    id,
    decision.at,
    register,
    operation,
    subject,
    reference,
    leaf,
    leafHash(sha256, leaf),
    seal(keys.ledger, detailsPlace(account, id), details),
  ];
}

const INSERT = rowsOfValues(
  'insert into entry (account, id, at, register, operation, subject, reference, leaf, hash, details) values',
  { shared: 1, own: 9 },
);

/** Writes entries of one account, so that it takes one node. */
export async function insertEntries(sql: Sql, account: string, entries: readonly EntryRow[]): Promise<void> {
  for (let from = 0; from < entries.length; from += ROWS_PER_STATEMENT) {
    const rows = entries.slice(from, from + ROWS_PER_STATEMENT);
    await sql.run(INSERT(rows.length), account, ...rows.flat());
  }
}

/** Binds an entry's sealed details to its row. */
export function detailsPlace(account: string, id: number): string {
  return `entry|${account}|${id}|details`;
}
