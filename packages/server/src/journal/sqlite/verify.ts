import { append, type CheckpointTrust, decodeFrontier, emptyFrontier, root } from '@vidimus/ledger';
import { isFailure } from '../../failure.ts';
import type { DatabaseSync } from '../../storage/sqlite.ts';
import type { LedgerKeys } from '../ledger-keys.ts';
import { checkpointChecks } from './checkpoint-checks.ts';
import { type EntryRow, entryChecks } from './entry-checks.ts';
import { sha256 } from './ledger-rows.ts';
import { openLedger } from './open-journal.ts';
import { troubleBesideEntries } from './table-checks.ts';

export type Verification =
  /** `root` in base64, as in the checkpoints. */
  | { readonly kind: 'intact'; readonly entries: number; readonly root: string }
  /** `entry` is the first bad one; null when it is the tree or the file as a whole. */
  | { readonly kind: 'damaged'; readonly entry: number | null; readonly reason: string };

export interface VerifyOptions {
  readonly keys: LedgerKeys;
  /** Whose checkpoints are believed. */
  readonly trust: CheckpointTrust;
  /** A checkpoint kept from before, as the file stands; null to ask for nothing. */
  readonly older?: Uint8Array | null;
  /** Is told how many of how many entries are done. */
  readonly progress?: (done: number, of: number) => void;
}

/**
 * Re-hashes everything that is stored: each leaf against its hash, the sealed details against the leaf's
 * commitment, the columns against leaf and details, the order of numbers and times, every decision on a budget,
 * the tree over all, the tree at every checkpoint that was signed, and the tables and indexes beside them. Fails with `input-invalid` when the older
 * checkpoint is no checkpoint at all.
 */
export function verifyLedger(folder: string, options: VerifyOptions): Verification {
  let db: DatabaseSync | null = null;
  try {
    db = openLedger(folder);
    db.exec('begin');
    return verifyEntries(db, options);
  } catch (error) {
    if (isFailure(error, 'input-invalid')) throw error;
    return damaged(null, 'the database file cannot be read');
  } finally {
    db?.close();
  }
}

function verifyEntries(db: DatabaseSync, options: VerifyOptions): Verification {
  const { keys, trust, older = null, progress = () => undefined } = options;
  const kept = db.prepare('select frontier from tree').get()?.['frontier'] as Uint8Array | undefined;
  const tree = kept === undefined ? emptyFrontier() : decodeFrontier(kept);
  if (tree === null) return damaged(null, 'the tree is not readable');
  const checkpoints = checkpointChecks(db, trust, older);
  if (checkpoints.kind === 'refused') return damaged(null, checkpoints.reason);

  const check = entryChecks(keys);
  let frontier = emptyFrontier();
  const rows = db.prepare('select * from entry order by id').iterate();
  for (const row of rows as Iterable<unknown> as Iterable<EntryRow>) {
    const trouble = check.trouble(row, frontier.size + 1);
    if (trouble !== null) return damaged(row.id, trouble);
    frontier = append(sha256, frontier, row.hash);
    const unsigned = checkpoints.troubleAt(frontier);
    if (unsigned !== null) return damaged(row.id, unsigned);
    if (frontier.size % 1000 === 0) progress(frontier.size, tree.size);
  }
  progress(frontier.size, tree.size);

  if (frontier.size < checkpoints.largest) {
    return damaged(
      frontier.size + 1,
      `a checkpoint has seen ${checkpoints.largest} entries: some are cut off or rolled back`,
    );
  }
  if (frontier.size !== tree.size) {
    return damaged(Math.min(frontier.size, tree.size) + 1, 'the tree counts another number of entries');
  }
  const unexplained = check.unexplainedErasure();
  if (unexplained !== null) return damaged(unexplained, 'its details are missing, and no entry erases them');
  const rootHash = Buffer.from(root(sha256, frontier));
  if (!rootHash.equals(root(sha256, tree)))
    return damaged(null, 'the tree over the entries has another root');
  const beside = troubleBesideEntries(db, check.budgets, check.latest());
  if (beside !== null) return damaged(null, beside);
  return { kind: 'intact', entries: frontier.size, root: rootHash.toString('base64') };
}

function damaged(entry: number | null, reason: string): Verification {
  return { kind: 'damaged', entry, reason };
}
