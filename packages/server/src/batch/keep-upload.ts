import { type BatchName, type BatchUploads, PIECE_BYTES } from '../journal/batch-journal.ts';
import type { InputFault } from './input-fault.ts';
import type { Inspected } from './inspect.ts';
import type { Inspection } from './inspecting-pool.ts';

export type UploadKept = Inspected | InputFault | { readonly kind: 'too-large' };

/**
 * Keeps an upload in sealed pieces while it is inspected; no more than a piece of it is ever in memory. Of one that is
 * refused, or breaks off, nothing stays. `most` in bytes.
 */
export async function keepUpload(
  uploads: BatchUploads,
  job: BatchName,
  body: AsyncIterable<Buffer>,
  inspection: Inspection,
  most: number,
): Promise<UploadKept> {
  let isKept = false;
  try {
    const kept = await keep(uploads, job, body, inspection, most);
    isKept = kept.kind === 'inspected';
    return kept;
  } finally {
    if (!isKept) {
      inspection.abandon();
      await uploads.forget(job);
    }
  }
}

async function keep(
  uploads: BatchUploads,
  job: BatchName,
  body: AsyncIterable<Buffer>,
  inspection: Inspection,
  most: number,
): Promise<UploadKept> {
  const piece = Buffer.alloc(PIECE_BYTES);
  let filled = 0;
  let number = 0;
  for await (const chunk of body) {
    if (number * PIECE_BYTES + filled + chunk.length > most) return { kind: 'too-large' };
    if (!(await inspection.take(chunk)).more) break;
    for (let at = 0; at < chunk.length; ) {
      const copied = chunk.copy(piece, filled, at);
      filled += copied;
      at += copied;
      if (filled < PIECE_BYTES) continue;
      await uploads.keep(job, number, piece);
      number += 1;
      filled = 0;
    }
  }
  const inspected = await inspection.end();
  if (inspected.kind === 'inspected' && filled > 0) {
    await uploads.keep(job, number, piece.subarray(0, filled));
  }
  return inspected;
}
