import { leafHash } from '@vidimus/ledger';
import type { Sql } from '../../storage/sql.ts';
import { sha256 } from '../sha256.ts';

/** An entry that is recorded and has no place in the tree yet. */
export interface WaitingEntry {
  readonly account: string;
  readonly id: number;
  readonly at: number;
  readonly hash: Uint8Array;
}

const ACCOUNTS_AT_ONCE = 500;
const ENTRIES_OF_ACCOUNT = 500;
/** Bounds one step of the tree, so that the turn is renewed in time. */
const ENTRIES_AT_ONCE = 2000;

const ACCOUNTS = `
  select account, sequenced from ledger_account where last_id > sequenced
  order by account limit ${ACCOUNTS_AT_ONCE}`;
const ENTRIES = `
  select entry.id, entry.at, entry.leaf, entry.hash, tree_leaf.position
  from entry left join tree_leaf on tree_leaf.account = entry.account and tree_leaf.id = entry.id
  where entry.account = $1 and entry.id > $2
  order by entry.id limit ${ENTRIES_OF_ACCOUNT}`;

export interface Waiting {
  readonly entries: readonly WaitingEntry[];
  /** How far each account's entries were found to be in the tree already. */
  readonly known: ReadonlyMap<string, number>;
  /** Accounts whose next entry is missing or is not what was written; it and those behind it stay outside. */
  readonly damaged: readonly string[];
}

/**
 * Reads back what is to be added to the tree, and hashes it again: nothing gets in that the store does not hold as it
 * was written. Each account's entries are in their order and without a gap.
 */
export async function readWaiting(sql: Sql): Promise<Waiting> {
  const entries: WaitingEntry[] = [];
  const known = new Map<string, number>();
  const damaged: string[] = [];
  for (const row of await sql.all(ACCOUNTS)) {
    if (entries.length >= ENTRIES_AT_ONCE) break;
    const account = row['account'] as string;
    let last = row['sequenced'] as number;
    const found = await sql.all(ENTRIES, account, last);
    if (found.length === 0) damaged.push(account);
    for (const entry of found) {
      const [id, leaf, hash] = [entry['id'] as number, entry['leaf'], entry['hash']] as const;
      if (id !== last + 1 || !isHash(leaf as Uint8Array, hash as Uint8Array)) {
        damaged.push(account);
        break;
      }
      last = id;
      if (entry['position'] !== null) known.set(account, id);
      else entries.push({ account, id, at: entry['at'] as number, hash: hash as Uint8Array });
    }
  }
  return { entries: entries.toSorted(byTime), known, damaged };
}

function isHash(leaf: Uint8Array, hash: Uint8Array): boolean {
  return Buffer.from(hash).equals(leafHash(sha256, leaf));
}

/** Sorting is stable and an account's times do not decrease, so that its entries keep their order. */
function byTime(one: WaitingEntry, other: WaitingEntry): number {
  return one.at - other.at;
}
