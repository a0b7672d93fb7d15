import type { Batch, BatchChunk, BatchName, BatchState, ChunkResult, NewBatch } from '../batch-journal.ts';
import { turned } from '../settle-chunk.ts';
import type { BatchRows } from './batch-rows.ts';

/** What may be asked about batch jobs. */
export type BatchWork =
  | { readonly kind: 'batch'; readonly act: 'create'; readonly job: NewBatch; readonly known: string | null }
  | { readonly kind: 'batch'; readonly act: 'chunk'; readonly chunk: BatchChunk }
  | {
      readonly kind: 'batch';
      readonly act: 'turn';
      readonly job: BatchName;
      readonly from: readonly BatchState[];
      readonly to: BatchState;
      readonly reason: string | null;
    }
  | { readonly kind: 'batch'; readonly act: 'forget'; readonly job: BatchName };

export type BatchDone =
  | { readonly kind: 'created' | 'repeated'; readonly job: Batch }
  | ChunkResult
  | { readonly kind: 'turned'; readonly job: Batch | null }
  | { readonly kind: 'forgotten'; readonly more: boolean };

/** Does what concerns a job alone, inside of the caller's transaction. */
export function changeJob(
  batches: BatchRows,
  work: Exclude<BatchWork, { readonly act: 'chunk' }>,
  now: number,
): BatchDone {
  switch (work.act) {
    case 'create': {
      const { account, target } = work.job;
      const newest = target === null ? null : batches.jobFor(account, target);
      if (newest !== null && newest.id !== work.known) return { kind: 'repeated', job: newest };
      batches.create(work.job, now);
      return { kind: 'created', job: batches.job(work.job) as Batch };
    }
    case 'turn': {
      const job = batches.job(work.job);
      if (job === null || !work.from.includes(job.state)) return { kind: 'turned', job };
      const after = turned(job, work.to, work.reason, now);
      batches.move(after);
      return { kind: 'turned', job: after };
    }
    case 'forget':
      return { kind: 'forgotten', more: batches.forgetResults(work.job.id, now) };
  }
}
