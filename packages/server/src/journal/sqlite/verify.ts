import { append, decodeFrontier, emptyFrontier, leafHash, root } from '@vidimus/ledger';
import { unseal } from '../../storage/sealing.ts';
import type { DatabaseSync } from '../../storage/sqlite.ts';
import { commitmentOf, decodeDetails, decodeLeaf } from '../entry-bytes.ts';
import type { LedgerKeys } from '../ledger-keys.ts';
import { Erasures } from './erasures.ts';
import { detailsPlace, referenceKey, sha256 } from './ledger-rows.ts';
import { openLedger } from './open-journal.ts';

export type Verification =
  | { readonly kind: 'intact'; readonly entries: number; readonly root: string }
  /** `entry` is the first bad one; null when it is the tree or the file as a whole. */
  | { readonly kind: 'damaged'; readonly entry: number | null; readonly reason: string };

interface EntryRow {
  readonly id: number;
  readonly account: string;
  readonly at: number;
  readonly register: string;
  readonly operation: string;
  readonly subject: Uint8Array | null;
  readonly reference: Uint8Array | null;
  readonly leaf: Uint8Array;
  readonly hash: Uint8Array;
  readonly details: Uint8Array | null;
}

/**
 * Re-hashes everything that is stored: each leaf against its hash, the sealed details against the leaf's
 * commitment, the columns against leaf and details, the order of numbers and times, and the tree over all.
 * `progress` is told how many of how many entries are done.
 */
export function verifyLedger(
  folder: string,
  keys: LedgerKeys,
  progress: (done: number, of: number) => void = () => undefined,
): Verification {
  let db: DatabaseSync | null = null;
  try {
    db = openLedger(folder);
    db.exec('begin');
    return verifyEntries(db, keys, progress);
  } catch {
    return { kind: 'damaged', entry: null, reason: 'the database file cannot be read' };
  } finally {
    db?.close();
  }
}

function verifyEntries(
  db: DatabaseSync,
  keys: LedgerKeys,
  progress: (done: number, of: number) => void,
): Verification {
  const kept = db.prepare('select frontier from tree').get()?.['frontier'] as Uint8Array | undefined;
  const signed = kept === undefined ? emptyFrontier() : decodeFrontier(kept);
  if (signed === null) return { kind: 'damaged', entry: null, reason: 'the tree is not readable' };
  const erasures = new Erasures();
  let frontier = emptyFrontier();
  let latest = 0;
  const rows = db.prepare('select * from entry order by id').iterate();
  for (const row of rows as Iterable<unknown> as Iterable<EntryRow>) {
    const reason =
      row.id !== frontier.size + 1
        ? `an entry before it is missing (expected ${frontier.size + 1})`
        : row.at < latest
          ? 'its time is before that of the entry before it'
          : troubleOf(row, keys, erasures);
    if (reason !== null) return { kind: 'damaged', entry: row.id, reason };
    latest = row.at;
    frontier = append(sha256, frontier, row.hash);
    if (frontier.size % 1000 === 0) progress(frontier.size, signed.size);
  }
  progress(frontier.size, signed.size);
  if (frontier.size !== signed.size) {
    return {
      kind: 'damaged',
      entry: Math.min(frontier.size, signed.size) + 1,
      reason: 'the tree counts another number of entries',
    };
  }
  const unexplained = erasures.unexplained();
  if (unexplained !== null) {
    return {
      kind: 'damaged',
      entry: unexplained,
      reason: 'its details are missing, and no entry erases them',
    };
  }
  const rootHash = Buffer.from(root(sha256, frontier));
  if (!rootHash.equals(root(sha256, signed))) {
    return { kind: 'damaged', entry: null, reason: 'the tree over the entries has another root' };
  }
  return { kind: 'intact', entries: frontier.size, root: rootHash.toString('hex') };
}

function troubleOf(row: EntryRow, keys: LedgerKeys, erasures: Erasures): string | null {
  try {
    if (!Buffer.from(row.hash).equals(leafHash(sha256, row.leaf))) return 'its leaf does not have its hash';
    const leaf = decodeLeaf(row.leaf);
    if (leaf.account !== row.account || leaf.at !== new Date(row.at).toISOString()) {
      return 'account or time differ from its leaf';
    }
    if (leaf.register !== row.register || leaf.operation !== row.operation) {
      return 'register or operation differ from its leaf';
    }
    erasures.see(row.id, row.details === null, leaf.erased ?? []);
    if (row.details === null) {
      return row.subject === null && row.reference === null ? null : 'it is erased only in part';
    }
    const bytes = unseal(keys.ledger, detailsPlace(row.id), row.details);
    if (commitmentOf(bytes) !== leaf.details) return 'its details are not those of its leaf';
    const details = decodeDetails(bytes);
    if (details.subject !== hexOf(row.subject)) return 'its subject differs from its details';
    const reference = referenceKey(keys, details.reference);
    return hexOf(row.reference) === hexOf(reference) ? null : 'its reference differs from its details';
  } catch {
    return 'it cannot be read';
  }
}

function hexOf(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : Buffer.from(bytes).toString('hex');
}
