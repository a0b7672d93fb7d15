import { hash, randomFillSync } from 'node:crypto';
import {
  append,
  decodeFrontier,
  emptyFrontier,
  encodeFrontier,
  type Frontier,
  leafHash,
  type Sha256,
} from '@vidimus/ledger';
import { Failure } from '../../failure.ts';
import { type BudgetState, CPR_BUDGET, decide, FRESH_BUDGET } from '../../limits/budget.ts';
import { type SealingKeys, seal } from '../../storage/sealing.ts';
import { type DatabaseSync, immediately } from '../../storage/sqlite.ts';
import type { Draft, EntryOutcome, Recorded } from '../entry.ts';
import { commitmentOf, encodeDetails, encodeLeaf, SALT_BYTES } from '../entry-bytes.ts';
import { budgetRows } from './budget-rows.ts';

export const sha256: Sha256 = (bytes) => hash('sha256', bytes, 'buffer');

/** Commits drafts in their order; see {@link appender}. */
export type Append = (drafts: readonly Draft[], now: number) => Recorded[];

/**
 * Prepares the one transaction that everything hangs on: for each draft it re-reads the budget, decides the
 * final outcome, appends the entry and its hash to the tree. When it returns, all of it is on disk; when it
 * throws, none of it is. The clock never runs backwards: it is the higher of `now` and the last one kept.
 */
export function appender(db: DatabaseSync, keys: SealingKeys): Append {
  const budgets = budgetRows(db);
  const selectTree = db.prepare('select clock, frontier from tree');
  const upsertTree = db.prepare(`
    insert into tree (only_row, clock, frontier) values (1, ?, ?)
    on conflict (only_row) do update set clock = excluded.clock, frontier = excluded.frontier`);
  const insertEntry = db.prepare(
    'insert into entry (id, account, at, subject, leaf, hash, details) values (?, ?, ?, ?, ?, ?, ?)',
  );

  function readTree(): { clock: number; frontier: Frontier } {
    const row = selectTree.get();
    if (row === undefined) return { clock: 0, frontier: emptyFrontier() };
    const frontier = decodeFrontier(row['frontier'] as Uint8Array);
    if (frontier === null) throw new Failure('sealed-damaged', 'The ledger tree is not readable.');
    return { clock: row['clock'] as number, frontier };
  }

  function settle(draft: Draft, at: number): { verdict: Recorded['verdict']; outcome: EntryOutcome } {
    if (draft.register !== 'cpr')
      return { verdict: { kind: 'allowed', failures: 0 }, outcome: draft.outcome };
    const state = budgets.read(draft.account, draft.register);
    if (draft.operation === 'unlock') {
      budgets.write(draft.account, draft.register, FRESH_BUDGET);
      return { verdict: { kind: 'allowed', failures: 0 }, outcome: draft.outcome };
    }
    const decision = decide(CPR_BUDGET, state, draft.use, at);
    if (!isSame(decision.state, state)) budgets.write(draft.account, draft.register, decision.state);
    return decision.kind === 'blocked'
      ? { verdict: { kind: 'blocked', until: decision.until }, outcome: 'blocked' }
      : { verdict: { kind: 'allowed', failures: decision.failures }, outcome: draft.outcome };
  }

  function write(
    draft: Draft,
    entry: number,
    at: number,
    tree: Frontier,
  ): { recorded: Recorded; tree: Frontier } {
    const { verdict, outcome } = settle(draft, at);
    const details = encodeDetails(randomFillSync(new Uint8Array(SALT_BYTES)), draft);
    const leaf = encodeLeaf(draft, {
      at,
      outcome,
      failures: verdict.kind === 'allowed' ? verdict.failures : CPR_BUDGET.failures + 1,
      blockedUntil: verdict.kind === 'blocked' ? verdict.until : null,
      commitment: commitmentOf(details),
    });
    const leafDigest = leafHash(sha256, leaf);
    insertEntry.run(
      entry,
      draft.account,
      at,
      draft.subject,
      leaf,
      leafDigest,
      seal(keys, detailsPlace(entry), details),
    );
    return { recorded: { entry, at, verdict }, tree: append(sha256, tree, leafDigest) };
  }

  return (drafts, now) =>
    immediately(db, () => {
      let { clock, frontier } = readTree();
      clock = Math.max(clock, now);
      const recorded: Recorded[] = [];
      for (const draft of drafts) {
        const written = write(draft, frontier.size + 1, clock, frontier);
        frontier = written.tree;
        recorded.push(written.recorded);
      }
      upsertTree.run(clock, encodeFrontier(frontier));
      return recorded;
    });
}

/** Binds an entry's sealed details to its row. */
export function detailsPlace(entry: number): string {
  return `entry|${entry}|details`;
}

function isSame(a: BudgetState, b: BudgetState): boolean {
  return (
    a.blockedUntil === b.blockedUntil &&
    a.failedAt.length === b.failedAt.length &&
    a.failedAt.at(-1) === b.failedAt.at(-1)
  );
}
