import type { Postgres } from '../../storage/database.ts';
import type { SealingKeys } from '../../storage/sealing.ts';
import type { Sql } from '../../storage/sql.ts';
import type { Batch, BatchJournal, NewBatch } from '../batch-journal.ts';
import type { NotRecorded } from '../journal.ts';
import type { JournalClock } from '../journal-clock.ts';
import type { LedgerKeys } from '../ledger-keys.ts';
import { turned } from '../settle-chunk.ts';
import { lockAccount } from './account-row.ts';
import { claimJob } from './batch-claim.ts';
import {
  backlog,
  findJob,
  forgetSomeResults,
  insertJob,
  jobFor,
  lapsedJobs,
  lockJob,
  moveJob,
  nextJob,
  readJob,
  readJobs,
  readResults,
  unknownOf,
} from './batch-rows.ts';
import { batchUploads } from './batch-uploads.ts';
import { chunkLine } from './chunk-line.ts';
import { commitChunk } from './commit-chunk.ts';
import { faultOf } from './fault.ts';
import { countNameAttempts } from './name-attempts.ts';

/** Batch jobs in a database. Everything about a job lies with its account. */
export function batchJournal(
  db: Postgres,
  keys: () => LedgerKeys,
  clock: Pick<JournalClock, 'now' | 'reach'>,
): BatchJournal & { readonly close: () => Promise<void> } {
  const line = chunkLine(db);
  const sealing = () => keys().ledger;
  return {
    claim: (job) => claimJob(db, job),
    job: (job) => readJob(db, sealing(), job),
    find: (id) => findJob(db, sealing(), id),
    jobFor: (account, target) => jobFor(db, sealing(), account, target),
    jobs: (query) => readJobs(db, sealing(), query),
    next: () => nextJob(db, sealing()),
    backlog: () => backlog(db),
    lapsed: (endedBefore) => lapsedJobs(db, sealing(), endedBefore),
    results: (job, chunk) => readResults(db, sealing(), job, chunk),
    unknownOf: (account) => unknownOf(db, account, clock.now()),
    tryNames: (attempts) =>
      line
        .transaction((sql) => countNameAttempts(sql, attempts, clock.now()))
        .catch((error: unknown) => attempts.map(() => notRecorded(error))),
    create: (job, known) =>
      db.transaction((sql) => createJob(sql, sealing(), job, known, clock.now())).catch(notRecorded),
    commitChunk: (chunk) =>
      line.transaction((sql) => commitChunk(sql, keys(), chunk, clock.now())).catch(notRecorded),
    turn: (name, from, to, reason) =>
      db
        .transaction(async (sql) => {
          const job = await lockJob(sql, sealing(), name);
          if (job === null || !from.includes(job.state)) return { kind: 'turned' as const, job };
          const after = turned(job, to, reason, clock.now());
          await moveJob(sql, after);
          return { kind: 'turned' as const, job: after };
        })
        .catch(notRecorded),
    forgetResults: (job) =>
      db
        .transaction((sql) => forgetSomeResults(sql, job, clock.now()))
        .then((more) => ({ kind: 'forgotten', more }) as const, notRecorded),
    uploads: batchUploads(db, line, sealing),
    close: () => line.close(),
  };
}

/** Whoever begins a job of the account meanwhile waits for its row. */
async function createJob(sql: Sql, keys: SealingKeys, job: NewBatch, known: string | null, now: number) {
  const { clock } = await lockAccount(sql, job.account, 0, now);
  const newest = job.target === null ? null : await jobFor(sql, keys, job.account, job.target);
  if (newest !== null && newest.id !== known) return { kind: 'repeated' as const, job: newest };
  await insertJob(sql, keys, job, clock);
  return { kind: 'created' as const, job: (await readJob(sql, keys, job)) as Batch };
}

function notRecorded(error: unknown): NotRecorded {
  return { kind: 'not-recorded', fault: faultOf(error) };
}
