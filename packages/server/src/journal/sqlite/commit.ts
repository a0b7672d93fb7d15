import type { NameAttemptDecision } from '../../limits/name-attempts.ts';
import { type DatabaseSync, immediately } from '../../storage/sqlite.ts';
import type { Draft, Keep, Recorded } from '../entry.ts';
import type { NameAttempt } from '../journal.ts';
import type { LedgerKeys } from '../ledger-keys.ts';
import { decisionOf, NOT_LIMITED, settle } from '../settle.ts';
import { batchRows } from './batch-rows.ts';
import { type BatchDone, type BatchWork, changeJob } from './batch-work.ts';
import { budgetRows, heldBudgets } from './budget-rows.ts';
import { commitChunk } from './commit-chunk.ts';
import { keptAnswerRows } from './kept-answers.ts';
import { ledgerRows } from './ledger-rows.ts';
import { nameAttemptRows } from './name-attempt-rows.ts';
import { subjectEraser } from './subject-eraser.ts';

/** What may be asked of the writer; `probe` asks for a transaction only, to tell whether one can be committed. */
export type Work =
  | { readonly kind: 'entry'; readonly draft: Draft; readonly keep: Keep | null }
  | { readonly kind: 'name-attempt'; readonly attempt: NameAttempt }
  /** Erases the details of all entries about a subject; `draft` is the entry that says so. */
  | { readonly kind: 'erasure'; readonly subject: Uint8Array; readonly draft: Draft }
  /** Deletes kept answers that have lapsed. */
  | { readonly kind: 'drop-lapsed' }
  | BatchWork
  | { readonly kind: 'probe' };

export type Done =
  | { readonly kind: 'batch'; readonly done: BatchDone }
  | { readonly kind: 'entry'; readonly recorded: Recorded }
  /** The entry's request was answered before, so that it was not written. */
  | { readonly kind: 'repeated' }
  | { readonly kind: 'drop-lapsed'; readonly dropped: number }
  | { readonly kind: 'name-attempt'; readonly decision: NameAttemptDecision }
  | { readonly kind: 'erasure'; readonly recorded: Recorded; readonly erased: readonly number[] }
  | { readonly kind: 'probe' };

/** Bounds how long one transaction lasts. */
const LAPSED_PER_COMMIT = 1000;

/** Commits a batch of work in its order; see {@link committer}. */
export type Commit = (batch: readonly Work[], now: number) => Done[];

/**
 * Prepares the one transaction that everything hangs on: for each draft it re-reads the budget, decides the
 * final outcome, appends the entry and its hash to the tree. When it returns, all of it is on disk; when it
 * throws, none of it is. The clock never runs backwards: it is the higher of `now` and the last one kept.
 */
export function committer(db: DatabaseSync, keys: LedgerKeys): Commit {
  const rows = budgetRows(db);
  const ledger = ledgerRows(db, keys);
  const tryName = nameAttemptRows(db);
  const erase = subjectEraser(db);
  const kept = keptAnswerRows(db, keys.ledger);
  const batches = batchRows(db, keys.ledger);
  return (batch, now) =>
    immediately(db, () => {
      const tree = ledger.readTree();
      const clock = Math.max(tree.clock, now);
      const budgets = heldBudgets(rows);
      let { frontier } = tree;
      const done = batch.map((work): Done => {
        switch (work.kind) {
          case 'entry': {
            const { draft, keep } = work;
            if (keep !== null && kept.isRepeated(draft.account, keep, clock)) return { kind: 'repeated' };
            const verdict = settle(budgets, draft, clock);
            frontier = ledger.append(draft, decisionOf(draft, verdict, clock), frontier);
            if (keep !== null && verdict.kind === 'allowed')
              kept.keep(draft.account, keep, frontier.size, clock);
            return { kind: 'entry', recorded: { id: frontier.size, at: clock, verdict } };
          }
          case 'name-attempt':
            return { kind: 'name-attempt', decision: tryName(work.attempt, clock) };
          case 'erasure': {
            const erased = erase(work.subject);
            const decision = {
              at: clock,
              outcome: work.draft.outcome,
              failures: 0,
              blockedUntil: null,
              erased,
            };
            frontier = ledger.append(work.draft, decision, frontier);
            return {
              kind: 'erasure',
              erased,
              recorded: { id: frontier.size, at: clock, verdict: NOT_LIMITED },
            };
          }
          case 'drop-lapsed':
            return { kind: 'drop-lapsed', dropped: kept.dropLapsed(clock, LAPSED_PER_COMMIT) };
          case 'batch': {
            if (work.act !== 'chunk') return { kind: 'batch', done: changeJob(batches, work, clock) };
            const committed = commitChunk({ rows: batches, budgets, ledger }, work.chunk, clock, frontier);
            frontier = committed.frontier;
            return { kind: 'batch', done: committed.result };
          }
          case 'probe':
            return { kind: 'probe' };
        }
      });
      ledger.writeTree({ clock, frontier });
      return done;
    });
}
