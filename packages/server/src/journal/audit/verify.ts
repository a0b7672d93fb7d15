import {
  append,
  type CheckpointTrust,
  decodeFrontier,
  emptyFrontier,
  type Frontier,
  root,
} from '@vidimus/ledger';
import { isFailure } from '../../failure.ts';
import type { LedgerKeys } from '../ledger-keys.ts';
import { sha256 } from '../sha256.ts';
import type { StoredBudget, StoredLedger } from '../stored-ledger.ts';
import { accountWithoutBudget, isReplayed } from './budget-checks.ts';
import { checkpointChecks } from './checkpoint-checks.ts';
import { type EntryChecks, entryChecks } from './entry-checks.ts';
import { subtreeChecks } from './subtree-checks.ts';

const SUBTREE_TROUBLE = 'a root that is kept of a part of the tree is another';

export type Verification =
  /** `root` in base64, as in the checkpoints. */
  | { readonly kind: 'intact'; readonly entries: number; readonly root: string }
  /** `entry` is the first bad one; null when it is the tree or the store as a whole. */
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
 * the tree over all, the roots that are kept of its parts, the tree at every checkpoint that was signed, and what is kept beside them. Fails with
 * `input-invalid` when the older checkpoint is no checkpoint at all.
 */
export async function verifyLedger(
  open: () => Promise<StoredLedger>,
  options: VerifyOptions,
): Promise<Verification> {
  let stored: StoredLedger | null = null;
  try {
    stored = await open();
    const ledger = stored;
    return await ledger.atOneMoment(() => verifyStored(ledger, options));
  } catch (error) {
    if (isFailure(error) && error.code !== 'ledger-unreadable') throw error;
    return damaged(null, 'the database file cannot be read');
  } finally {
    await stored?.close();
  }
}

async function verifyStored(stored: StoredLedger, options: VerifyOptions): Promise<Verification> {
  const { keys, trust, older = null, progress = () => undefined } = options;
  // Before the entries, so that all those are there which a budget read by itself comes from.
  const budgets = await stored.budgets();
  const kept = await stored.tree();
  const tree = kept === null ? emptyFrontier() : decodeFrontier(kept.frontier);
  if (tree === null) return damaged(null, 'the tree is not readable');
  const checkpoints = checkpointChecks(await stored.checkpoints(), trust, older);
  if (checkpoints.kind === 'refused') return damaged(null, checkpoints.reason);

  const check = entryChecks(keys, budgets);
  const subtrees = subtreeChecks(stored);
  let frontier = emptyFrontier();
  for await (const page of stored.entriesAfter(0)) {
    for (const row of page) {
      const trouble = check.troubleInNext(row, frontier.size + 1);
      if (trouble !== null) return damaged(row.entry, trouble);
      frontier = append(sha256, frontier, row.hash, subtrees.take);
      const unsigned = checkpoints.troubleAt(frontier);
      if (unsigned !== null) return damaged(row.entry, unsigned);
    }
    if (!(await subtrees.areSound())) return damaged(null, SUBTREE_TROUBLE);
    progress(frontier.size, tree.size);
  }
  if (frontier.size < checkpoints.largest) {
    return damaged(
      frontier.size + 1,
      `a checkpoint has seen ${checkpoints.largest} entries: some are cut off or rolled back`,
    );
  }
  const trouble = troubleInTree(frontier, tree);
  if (trouble !== null) return trouble;
  if (await subtrees.areMore(frontier.size)) return damaged(null, SUBTREE_TROUBLE);
  const beside = await troubleBeside(stored, budgets, check, kept?.clock ?? 0);
  return (
    beside ?? {
      kind: 'intact',
      entries: frontier.size,
      root: Buffer.from(root(sha256, frontier)).toString('base64'),
    }
  );
}

function troubleInTree(frontier: Frontier, tree: Frontier): Verification | null {
  if (frontier.size !== tree.size) {
    return damaged(Math.min(frontier.size, tree.size) + 1, 'the tree counts another number of entries');
  }
  const isSame = Buffer.from(root(sha256, frontier)).equals(root(sha256, tree));
  return isSame ? null : damaged(null, 'the tree over the entries has another root');
}

/** What is not in the tree: entries that wait for it, budgets, the clock, and what the store says of itself. */
async function troubleBeside(
  stored: StoredLedger,
  budgets: readonly StoredBudget[],
  check: EntryChecks,
  clock: number,
): Promise<Verification | null> {
  const latest = check.latest();
  for (const { account, through } of budgets) {
    if (through === null || check.lastIdOf(account) >= through) continue;
    for await (const page of stored.laterEntries(account, check.lastIdOf(account))) {
      for (const row of page) {
        const trouble = check.troubleInWaiting(row);
        if (trouble !== null)
          return damaged(null, `of ${account}, an entry that waits for the tree: ${trouble}`);
      }
    }
  }
  const unexplained = check.unexplainedErasure();
  if (unexplained !== null) return damaged(unexplained, 'its details are missing, and no entry erases them');
  const strange =
    check.strangeBudget() ??
    budgets.find((budget) => budget.through === null && !isReplayed(budget, check.replayed))?.account ??
    accountWithoutBudget(budgets, check.replayed);
  if (strange !== null)
    return damaged(null, `the budget of ${strange} is not the one that its entries lead to`);
  // It may be later than the last entry, since probes move it.
  if (clock < latest) return damaged(null, "the ledger's clock is before its last entry");
  const unsound = await stored.unsound();
  return unsound === null ? null : damaged(null, unsound);
}

function damaged(entry: number | null, reason: string): Verification {
  return { kind: 'damaged', entry, reason };
}
