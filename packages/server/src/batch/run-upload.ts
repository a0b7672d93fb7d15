import { Failure } from '../failure.ts';
import type { Batch, BatchJournal } from '../journal/batch-journal.ts';
import { readLayout } from './layout.ts';
import { end, type RunParts, runBatch } from './run-batch.ts';
import { uploadInput } from './upload-input.ts';

/**
 * Works on an uploaded job from where it stands, to its end or until the signal. Its results stay where they are kept; its
 * rows are deleted when they are not needed any more. `progress` is told after every chunk.
 */
export async function runUpload(
  parts: RunParts & { readonly journal: Pick<BatchJournal, 'uploads'> },
  job: Batch,
  signal: AbortSignal,
  progress: (job: Batch) => void,
): Promise<Batch> {
  const { uploads } = parts.journal;
  const input = uploadInput(uploads, job);
  const layout = await readLayout(input.read(0), job.kind);
  // It was read when it was uploaded.
  if (layout.kind === 'fault') throw new Failure('batch-changed', `[${layout.code}]`);
  const deliver = async (_lines: Buffer, now: Batch): Promise<void> => progress(now);
  let after = await runBatch(parts, job, { input, layout }, { deliver, signal });
  if (after.state === 'running' && after.rows === after.input.rows) {
    after = await end(parts.journal, after, 'finished', null);
  }
  if (after.state !== 'running' && after.state !== 'stopped') await uploads.forget(job);
  return after;
}
