import {
  append,
  decodeFrontier,
  emptyFrontier,
  encodeFrontier,
  type Frontier,
  leafHash,
} from '@vidimus/ledger';
import { Failure } from '../../failure.ts';
import { seal } from '../../storage/sealing.ts';
import type { DatabaseSync } from '../../storage/sqlite.ts';
import type { Draft } from '../entry.ts';
import { encodeLeaf, type LeafDecision } from '../entry-bytes.ts';
import type { LedgerKeys } from '../ledger-keys.ts';
import { type PreparedEntry, prepareEntry } from '../prepared-entry.ts';
import { sha256 } from '../sha256.ts';
import { subtreeKeeper } from './subtree-rows.ts';

/** The tree as it stands and the clock that never runs backwards. */
export interface Tree {
  readonly clock: number;
  readonly frontier: Frontier;
}

export interface LedgerRows {
  readTree(): Tree;
  writeTree(tree: Tree): void;
  /** Appends one entry and gives the frontier with it. The entry's number is the new size. */
  append(draft: Draft, decision: Omit<LeafDecision, 'commitment'>, frontier: Frontier): Frontier;
  /** The same for an entry whose details were put together elsewhere. */
  appendPrepared(
    entry: PreparedEntry,
    decision: Omit<LeafDecision, 'commitment'>,
    frontier: Frontier,
  ): Frontier;
}

/** The ledger's tables for the one who writes them, inside the caller's transaction. */
export function ledgerRows(db: DatabaseSync, keys: LedgerKeys): LedgerRows {
  const selectTree = db.prepare('select clock, frontier from tree');
  const upsertTree = db.prepare(`
    insert into tree (only_row, clock, frontier) values (1, ?, ?)
    on conflict (only_row) do update set clock = excluded.clock, frontier = excluded.frontier`);
  const insertEntry = db.prepare(`
    insert into entry (id, account, at, register, operation, subject, reference, leaf, hash, details)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const keepSubtree = subtreeKeeper(db);

  function appendPrepared(
    entry: PreparedEntry,
    decision: Omit<LeafDecision, 'commitment'>,
    frontier: Frontier,
  ): Frontier {
    const number = frontier.size + 1;
    const leaf = encodeLeaf(entry, { ...decision, commitment: entry.commitment });
    const digest = leafHash(sha256, leaf);
    insertEntry.run(
      number,
      entry.account,
      decision.at,
      entry.register,
      entry.operation,
      entry.subject,
      entry.reference,
      leaf,
      digest,
      seal(keys.ledger, detailsPlace(number), entry.details),
    );
    return append(sha256, frontier, digest, keepSubtree);
  }

  return {
    readTree() {
      const row = selectTree.get();
      if (row === undefined) return { clock: 0, frontier: emptyFrontier() };
      const frontier = decodeFrontier(row['frontier'] as Uint8Array);
      if (frontier === null) throw new Failure('sealed-damaged', 'The ledger tree is not readable.');
      return { clock: row['clock'] as number, frontier };
    },
    writeTree({ clock, frontier }) {
      upsertTree.run(clock, encodeFrontier(frontier));
    },
    append: (draft, decision, frontier) => appendPrepared(prepareEntry(keys, draft), decision, frontier),
    appendPrepared,
  };
}

/** Binds an entry's sealed details to its row. */
export function detailsPlace(entry: number): string {
  return `entry|${entry}|details`;
}
