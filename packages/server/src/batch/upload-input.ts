import { Failure } from '../failure.ts';
import { type Batch, type BatchUploads, PIECE_BYTES } from '../journal/batch-journal.ts';
import type { Input } from './inspect.ts';

/** The rows that were uploaded for a job, as the input that it reads. Fails with `batch-changed` where one is gone. */
export function uploadInput(uploads: Pick<BatchUploads, 'piece'>, job: Batch): Input {
  async function* read(from: number): AsyncGenerator<Buffer> {
    let number = Math.floor(from / PIECE_BYTES);
    let skipped = from % PIECE_BYTES;
    for (; number * PIECE_BYTES < job.input.bytes; number += 1) {
      const piece = await uploads.piece(job, number);
      if (piece === null) throw new Failure('batch-changed', 'Its rows are not kept any more.');
      yield piece.subarray(skipped);
      skipped = 0;
    }
  }
  return { name: job.id, read };
}
