import type { SealingKeys } from '../../storage/sealing.ts';
import type { DatabaseSync } from '../../storage/sqlite.ts';
import type { Batch, BatchJournal } from '../batch-journal.ts';
import type { NotRecorded } from '../journal.ts';
import { claimJob } from './batch-claim.ts';
import { batchRows } from './batch-rows.ts';
import { batchUploads } from './batch-uploads.ts';
import type { BatchDone, BatchWork } from './batch-work.ts';
import type { CommitResult, GroupCommit } from './group-commit.ts';

/** Batch jobs of the embedded ledger: changed by its writer, read on the caller's connection. */
export function batchJournal(
  folder: string,
  db: DatabaseSync,
  keys: SealingKeys,
  writer: Pick<GroupCommit, 'commit'>,
  clock: () => number,
): BatchJournal {
  const rows = batchRows(db, keys);

  async function change<K extends BatchDone['kind']>(
    work: BatchWork,
    ...kinds: readonly K[]
  ): Promise<Extract<BatchDone, { kind: K }> | NotRecorded> {
    const result = await writer.commit(work);
    if (result.kind === 'batch' && (kinds as readonly string[]).includes(result.done.kind)) {
      return result.done as Extract<BatchDone, { kind: K }>;
    }
    return notRecorded(result);
  }

  return {
    claim: async ({ id }) => claimJob(folder, id),
    job: async (job) => rows.job(job),
    find: async (id) => rows.find(id),
    jobFor: async (account, target) => rows.jobFor(account, target),
    jobs: async (query) => rows.jobs(query),
    next: async () => rows.next(),
    backlog: async () => rows.backlog(),
    lapsed: async (endedBefore) => rows.lapsed(endedBefore),
    results: async (job, chunk) => rows.results(job, chunk),
    unknownOf: async (account) => rows.unknownOf(account, clock()),
    // They come to the writer together, and so are one transaction.
    tryNames: (attempts) =>
      Promise.all(
        attempts.map(async (attempt) => {
          const result = await writer.commit({ kind: 'name-attempt', attempt });
          return result.kind === 'name-attempt' ? result.decision : notRecorded(result);
        }),
      ),
    create: (job, known) => change({ kind: 'batch', act: 'create', job, known }, 'created', 'repeated'),
    commitChunk: (chunk) => change({ kind: 'batch', act: 'chunk', chunk }, 'committed', 'not-next'),
    turn: ({ id, account }, from, to, reason) =>
      change({ kind: 'batch', act: 'turn', job: { id, account }, from, to, reason }, 'turned'),
    forgetResults: ({ id, account }) =>
      change({ kind: 'batch', act: 'forget', job: { id, account } }, 'forgotten'),
    uploads: batchUploads(folder, keys, (id) => isOpen(rows.find(id))),
  };
}

function notRecorded(result: CommitResult): NotRecorded {
  return { kind: 'not-recorded', fault: result.kind === 'failed' ? result.fault : 'other' };
}

/** Whether it still has rows to read. */
function isOpen(job: Batch | null): boolean {
  return job?.state === 'running' || job?.state === 'stopped';
}
