import { setTimeout as delay } from 'node:timers/promises';
import { Failure, isFailure } from '../../failure.ts';
import { FRESH_BUDGET } from '../../limits/budget.ts';
import type { Postgres } from '../../storage/database.ts';
import type { BatchJournal } from '../batch-journal.ts';
import type { Draft } from '../entry.ts';
import type { Erasure, Journal, NotRecorded } from '../journal.ts';
import { type Clocks, JournalClock } from '../journal-clock.ts';
import type { LedgerKeys } from '../ledger-keys.ts';
import { AccountCommits } from './account-commits.ts';
import { budgetsIn } from './account-row.ts';
import { batchJournal } from './batch-journal.ts';
import { commitEntries, type EntryDone, type EntryWork } from './commit-entries.ts';
import { erasableEntries, eraseEntries } from './erase-subject.ts';
import { faultOf } from './fault.ts';
import { startIntegrator } from './integrator.ts';
import { keptAnswer } from './kept-answers.ts';
import { ledgerReader } from './ledger-reader.ts';
import { countNameAttempt } from './name-attempts.ts';
import { signingState, signStored } from './sign-stored.ts';
import { keepSwept } from './sweep.ts';
import { makeTree } from './tree-row.ts';

/** An early look at a budget must leave time for the answer that the ledger cannot be written. */
const BUDGET_PATIENCE_MS = 150;
/** Longer than an entry takes into the tree, also where another process has just taken over. */
const TREE_PATIENCE_MS = 5000;
const TREE_CHECK_MS = 50;

export interface PostgresJournalParts {
  readonly db: Postgres;
  readonly keys: LedgerKeys;
  /** The database's clock and the time that runs here. */
  readonly clocks: Clocks;
  /** Names this process among those on the same database. */
  readonly holder: string;
}

/**
 * The journal on a database that many processes share. Entries of one account are committed together under its row;
 * one of the processes gives them their places in the tree.
 */
export async function openPostgresJournal(
  parts: PostgresJournalParts,
): Promise<Journal & { readonly batches: BatchJournal }> {
  const { db, clocks, holder } = parts;
  let { keys } = parts;
  await makeTree(db);
  const clock = new JournalClock(clocks, await latestTime(db));
  const commits = new AccountCommits<EntryWork, EntryDone>(async (account, batch) => {
    const done = await db.transaction((sql) => commitEntries(sql, keys, account, batch, clock.now()));
    const last = done.findLast((each) => each.kind === 'recorded');
    if (last !== undefined) clock.reach(last.recorded.at);
    return done;
  }, faultOf);
  const integrator = startIntegrator(db, holder);
  const batches = batchJournal(db, () => keys, clock);
  const broom = keepSwept(db, () => clock.now());

  async function record(draft: Draft, keep: EntryWork['keep']): Promise<EntryDone | NotRecorded> {
    const result = await commits.commit(draft.account, { draft, keep });
    return result.kind === 'done' ? result.done : { kind: 'not-recorded', fault: result.fault };
  }

  async function numberOf(account: string, id: number): Promise<number | null> {
    const giveUpAt = performance.now() + TREE_PATIENCE_MS;
    for (;;) {
      const row = await db.get('select position from tree_leaf where account = $1 and id = $2', account, id);
      if (row !== undefined) return row['position'] as number;
      if (performance.now() > giveUpAt) return null;
      await delay(TREE_CHECK_MS);
    }
  }

  async function erase(subject: Uint8Array, draft: Draft): Promise<Erasure> {
    const giveUpAt = performance.now() + TREE_PATIENCE_MS;
    for (;;) {
      const erasable = await erasableEntries(db, subject);
      if (erasable !== null) {
        const id = await db.unhurried((line) =>
          line.transaction((sql) => eraseEntries(sql, keys, subject, erasable, draft, clock.now())),
        );
        return { kind: 'erased', id, erased: erasable.map(({ entry }) => entry) };
      }
      if (performance.now() > giveUpAt) {
        throw new Failure('storage-busy', 'An entry waits for its place in the tree.');
      }
      await delay(TREE_CHECK_MS);
    }
  }

  return {
    async record(draft) {
      const result = await record(draft, null);
      return result.kind === 'repeated' ? { kind: 'not-recorded', fault: 'other' } : result;
    },
    recordAndKeep: record,
    keptUnder: (account, key) => keptAnswer(db, keys.ledger, account, clock.now(), key),
    keptWith: (account, id) => keptAnswer(db, keys.ledger, account, clock.now(), id),
    tryName: (attempt) =>
      db.transaction((sql) => countNameAttempt(sql, attempt, clock.now())).catch(notRecorded),
    erase: (subject, draft) => erase(subject, draft).catch(notRecorded),
    numberOf,
    ...ledgerReader(db, () => keys),
    /** An account of which nothing can be told now is let in: its entry cannot be written then either. */
    async budget(account, register) {
      const asked = db
        .get('select budgets from ledger_account where account = $1', account)
        .then((row) => (row === undefined ? FRESH_BUDGET : (budgetsIn(row)[register] ?? FRESH_BUDGET)))
        .catch((error: unknown) => {
          if (isFailure(error)) return FRESH_BUDGET;
          throw error;
        });
      return Promise.race([asked, delay(BUDGET_PATIENCE_MS, FRESH_BUDGET, { ref: false })]);
    },
    probe: () =>
      db
        .run(
          'insert into write_probe (only_row, at) values (1, $1) on conflict (only_row) do update set at = excluded.at',
          clock.now(),
        )
        .then(() => null, faultOf),
    treeTrouble: () => integrator.trouble(),
    signing: () => signingState(db),
    signTree: (treeKey, youngest) => signStored(db, treeKey, clock.now(), youngest),
    now: () => clock.now(),
    clockStep: () => clock.step(),
    batches,
    takeKeys(fresh) {
      keys = fresh;
    },
    async close() {
      broom.stop();
      await commits.stop();
      await batches.close();
      await integrator.stop();
    },
  };
}

/** The latest time of any account; 0 before the first entry. */
async function latestTime(db: Postgres): Promise<number> {
  const row = await db.get('select max(clock) as clock from ledger_account');
  return (row?.['clock'] as number | null | undefined) ?? 0;
}

function notRecorded(error: unknown): NotRecorded {
  return { kind: 'not-recorded', fault: faultOf(error) };
}
