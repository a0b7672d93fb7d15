import { Failure } from '../failure.ts';
import type { BatchJournal, BatchName } from '../journal/batch-journal.ts';

/** Deletes what is kept of a job's results, some chunks at a time, so that nobody waits for the lock meanwhile. */
export async function forgetResults(
  journal: Pick<BatchJournal, 'forgetResults'>,
  job: BatchName,
): Promise<void> {
  for (;;) {
    const result = await journal.forgetResults(job);
    if (result.kind === 'not-recorded') throw new Failure('ledger-unwritable', `(${result.fault})`);
    if (!result.more) return;
  }
}
