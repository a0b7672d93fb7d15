import { Failure } from '../failure.ts';
import type { Batch, BatchJournal, BatchName } from '../journal/batch-journal.ts';
import { forgetResults } from './forget-results.ts';

/**
 * Ends a job for good if it has not ended, and deletes what is kept of it: uploaded rows and results. What stays is in the
 * ledger, and the job's own row.
 */
export async function giveUp(
  batches: Pick<BatchJournal, 'turn' | 'uploads' | 'forgetResults'>,
  job: BatchName,
): Promise<Batch | null> {
  const turned = await batches.turn(job, ['running', 'stopped'], 'cancelled', null);
  if (turned.kind === 'not-recorded') throw new Failure('ledger-unwritable', `(${turned.fault})`);
  await batches.uploads.forget(job);
  await forgetResults(batches, job);
  return turned.job;
}

/** Longer than any upload may take. */
const STRAY_AFTER_MS = 6 * 3_600_000;

/** Deletes what uploaded jobs keep that ended so many ms ago, and uploads that nobody will read. `now` in ms. */
export async function forgetLapsed(batches: BatchJournal, keepForMs: number, now: number): Promise<void> {
  for (;;) {
    const lapsed = await batches.lapsed(now - keepForMs);
    if (lapsed.length === 0) break;
    for (const job of lapsed) await giveUp(batches, job);
  }
  await batches.uploads.forgetStrays(now - STRAY_AFTER_MS);
}
