import { type SealingKeys, unseal } from '../storage/sealing.ts';
import type { Batch, BatchKind, BatchSettings, BatchState } from './batch-journal.ts';

/** A row of `batch_job`, which has the same columns in both stores. */
export interface BatchRow {
  readonly id: string;
  readonly account: string;
  readonly kind: BatchKind;
  readonly state: BatchState;
  readonly reason: string | null;
  readonly max_unknown: number;
  readonly created_at: number;
  readonly ended_at: number | null;
  readonly input_bytes: number;
  readonly input_hash: Uint8Array;
  readonly input_rows: number;
  readonly target: Uint8Array | null;
  readonly uploaded: number;
  readonly forgotten_at: number | null;
  readonly settings: Uint8Array;
  readonly chunks: number;
  readonly row_count: number;
  readonly errors: number;
  readonly unknown: number;
  readonly next_offset: number;
  readonly next_line: number;
}

export function batchOf(keys: SealingKeys, row: BatchRow): Batch {
  const settings = unseal(keys, settingsPlace(row.id), row.settings).toString('utf8');
  return {
    id: row.id,
    account: row.account,
    kind: row.kind,
    state: row.state,
    reason: row.reason,
    maxUnknown: row.max_unknown,
    createdAt: row.created_at,
    endedAt: row.ended_at,
    input: { bytes: row.input_bytes, hash: row.input_hash, rows: row.input_rows },
    target: row.target,
    isUploaded: row.uploaded === 1,
    forgottenAt: row.forgotten_at,
    settings: JSON.parse(settings) as BatchSettings,
    chunks: row.chunks,
    rows: row.row_count,
    errors: row.errors,
    unknown: row.unknown,
    offset: row.next_offset,
    line: row.next_line,
  };
}

/** Binds a job's settings to its row. */
export function settingsPlace(job: string): string {
  return `batch_job|${job}|settings`;
}

/** Binds the results of a chunk to their row. */
export function resultsPlace(job: string, number: number): string {
  return `batch_chunk|${job}|${number}`;
}

/** Binds a piece of an upload to its file or row. */
export function pieceTag(job: string, number: number): string {
  return `batch_upload|${job}|${number}`;
}
