import { unknownLeft } from '../limits/batch-budget.ts';
import { type BudgetState, isBlocked } from '../limits/budget.ts';
import type { Batch, BatchChunk, BatchState } from './batch-journal.ts';
import { BATCH_QUESTIONS, BATCH_SURFACE, type EntryOutcome, type RegisterName } from './entry.ts';
import { unpack } from './packed.ts';
import type { PreparedEntry } from './prepared-entry.ts';

/** What the account of a job has and has used, read under its lock. */
export interface AccountNow {
  readonly budget: (register: RegisterName) => BudgetState;
  /** Unknown numbers that its batches have found within 24 hours. */
  readonly unknown: number;
}

export interface ChunkEntry {
  readonly entry: PreparedEntry;
  readonly outcome: EntryOutcome;
}

/** What becomes of a chunk; `job` is how the job is afterwards. */
export type SettledChunk =
  /** Nothing is to be written. */
  | { readonly kind: 'not-next'; readonly job: Batch | null }
  /** Nothing but the job, which stops. */
  | { readonly kind: 'stopped'; readonly job: Batch }
  | {
      readonly kind: 'settled';
      readonly job: Batch;
      /** How many rows of it go into the ledger, up to a refused one. */
      readonly rows: number;
      /** Unknown numbers among them. */
      readonly unknown: number;
      readonly entries: readonly ChunkEntry[];
      readonly results: Uint8Array;
    };

/** Up to which row of a chunk the job may go. */
interface Cut {
  readonly rows: number;
  readonly unknown: number;
  /** Whether the last of these rows is refused, and the job stops at it. */
  readonly isRefused: boolean;
}

/**
 * Decides on a chunk under the lock of its account: whether its job still runs and it is the next one, whether the
 * account is blocked, and how many unknown numbers may still be found. `now` in ms.
 */
export function settleChunk(
  chunk: BatchChunk,
  job: Batch | null,
  account: AccountNow,
  now: number,
): SettledChunk {
  if (job === null || job.state !== 'running' || job.chunks !== chunk.number)
    return { kind: 'not-next', job };
  const { register } = BATCH_QUESTIONS[job.kind];
  if (register === 'cpr' && isBlocked(account.budget(register), now)) {
    return { kind: 'stopped', job: turned(job, 'stopped', 'account-blocked', now) };
  }
  const left = unknownLeft(
    { most: job.maxUnknown, used: job.unknown },
    { most: chunk.accountMaxUnknown, used: account.unknown },
  );
  const cut = cutOf(chunk, left);
  const after: Batch = {
    ...job,
    ...(cut.isRefused && { state: 'stopped', reason: 'too-many-unknown', endedAt: now }),
    chunks: job.chunks + 1,
    rows: job.rows + cut.rows,
    errors: job.errors + chunk.errorRows.filter((row) => row < cut.rows).length,
    unknown: job.unknown + cut.unknown,
    offset: chunk.nextOffsets[cut.rows - 1] ?? job.offset,
    line: chunk.nextLines[cut.rows - 1] ?? job.line,
  };
  const { rows, unknown } = cut;
  return {
    kind: 'settled',
    job: after,
    rows,
    unknown,
    entries: entriesUpTo(job, chunk, cut),
    results: resultsUpTo(chunk, cut),
  };
}

/** A job in another state, from `now` (ms) on. */
export function turned(job: Batch, state: BatchState, reason: string | null, now: number): Batch {
  return { ...job, state, reason, endedAt: state === 'running' ? null : now };
}

function cutOf(chunk: BatchChunk, left: number): Cut {
  const refused = chunk.refusals[left];
  return refused === undefined
    ? { rows: chunk.results.ends.length, unknown: chunk.refusals.length, isRefused: false }
    : { rows: refused.row + 1, unknown: left, isRefused: true };
}

function entriesUpTo(
  { account, kind, settings: { credential } }: Batch,
  { entries, refusals }: BatchChunk,
  cut: Cut,
): ChunkEntry[] {
  const asked = { account, credential, surface: BATCH_SURFACE, ...BATCH_QUESTIONS[kind] };
  const found: ChunkEntry[] = [];
  for (const [index, row] of entries.rows.entries()) {
    if (row >= cut.rows) break;
    const refusal = cut.isRefused && row === cut.rows - 1 ? refusals[cut.unknown] : undefined;
    const reference = unpack(entries.parts, 3 * index + 1);
    const entry = {
      ...asked,
      subject: unpack(entries.parts, 3 * index),
      reference: reference.length === 0 ? null : reference,
      details: refusal?.details ?? unpack(entries.parts, 3 * index + 2),
      commitment: refusal?.commitment ?? entries.commitments[index] ?? '',
    };
    const outcome = refusal === undefined ? (entries.outcomes[index] as EntryOutcome) : 'blocked';
    found.push({ entry, outcome });
  }
  return found;
}

function resultsUpTo({ results, refusals }: BatchChunk, cut: Cut): Uint8Array {
  const end = results.ends[cut.rows - 1] ?? 0;
  if (!cut.isRefused) return results.bytes.subarray(0, end);
  const before = results.bytes.subarray(0, results.ends[cut.rows - 2] ?? 0);
  return Buffer.concat([before, refusals[cut.unknown]?.result ?? new Uint8Array()]);
}
