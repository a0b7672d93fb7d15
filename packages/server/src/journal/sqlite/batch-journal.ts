import type { SealingKeys } from '../../storage/sealing.ts';
import type { DatabaseSync } from '../../storage/sqlite.ts';
import type { BatchJournal } from '../batch-journal.ts';
import type { NotRecorded } from '../journal.ts';
import { batchRows } from './batch-rows.ts';
import type { BatchDone, BatchWork } from './batch-work.ts';
import type { GroupCommit } from './group-commit.ts';

/** Batch jobs of the embedded ledger: changed by its writer, read on the caller's connection. */
export function batchJournal(
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
    return { kind: 'not-recorded', fault: result.kind === 'failed' ? result.fault : 'other' };
  }

  return {
    job: (id) => rows.job(id),
    jobs: (account) => rows.jobs(account),
    results: (id, chunk) => rows.results(id, chunk),
    unknownOf: (account) => rows.unknownOf(account, clock()),
    create: (created) => change({ kind: 'batch', act: 'create', job: created }, 'created'),
    commitChunk: (chunk) => change({ kind: 'batch', act: 'chunk', chunk }, 'committed', 'not-next'),
    turn: (id, from, to, reason) => change({ kind: 'batch', act: 'turn', id, from, to, reason }, 'turned'),
    forgetResults: (id) => change({ kind: 'batch', act: 'forget', id }, 'forgotten'),
  };
}
