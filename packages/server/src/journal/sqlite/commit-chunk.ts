import type { Frontier } from '@vidimus/ledger';
import { unknownLeft } from '../../limits/batch-budget.ts';
import { isBlocked } from '../../limits/budget.ts';
import type { Batch, BatchChunk, ChunkResult } from '../batch-journal.ts';
import { BATCH_QUESTIONS, BATCH_SURFACE, type EntryOutcome } from '../entry.ts';
import { unpack } from '../packed.ts';
import type { Budgets } from '../settle.ts';
import type { BatchRows } from './batch-rows.ts';
import type { LedgerRows } from './ledger-rows.ts';

interface ChunkParts {
  readonly rows: BatchRows;
  readonly budgets: Budgets;
  readonly ledger: LedgerRows;
}

/** Up to which row of a chunk the job may go. */
interface Cut {
  readonly rows: number;
  readonly unknown: number;
  /** Whether the last of these rows is refused, and the job stops at it. */
  readonly isRefused: boolean;
}

/**
 * Writes a chunk inside of the caller's transaction: entries up to the row at which the job has to stop, their
 * results, and the job's progress. Everything is decided here, under the lock: whether the job still runs, whether
 * its account is blocked, and how many unknown numbers it may still find.
 */
export function commitChunk(
  { rows, budgets, ledger }: ChunkParts,
  chunk: BatchChunk,
  now: number,
  frontier: Frontier,
): { readonly result: ChunkResult; readonly frontier: Frontier } {
  const job = rows.job(chunk.job);
  if (job === null || job.state !== 'running' || job.chunks !== chunk.number) {
    return { result: { kind: 'not-next', job }, frontier };
  }
  const { register } = BATCH_QUESTIONS[job.kind];
  if (register === 'cpr' && isBlocked(budgets.read(job.account, register), now)) {
    return {
      result: { kind: 'not-next', job: turned(rows, job, 'stopped', 'account-blocked', now) },
      frontier,
    };
  }
  const left = unknownLeft(
    { most: job.maxUnknown, used: job.unknown },
    { most: chunk.accountMaxUnknown, used: rows.unknownOf(job.account, now) },
  );
  const cut = cutOf(chunk, left);
  const grown = appendEntries(ledger, job, chunk, cut, now, frontier);
  rows.keepResults(job.id, chunk.number, resultsUpTo(chunk, cut));
  if (cut.unknown > 0) rows.countUnknown(job.account, cut.unknown, now);
  const progress: Batch = {
    ...job,
    ...(cut.isRefused && { state: 'stopped', reason: 'too-many-unknown', endedAt: now }),
    chunks: job.chunks + 1,
    rows: job.rows + cut.rows,
    errors: job.errors + chunk.errorRows.filter((row) => row < cut.rows).length,
    unknown: job.unknown + cut.unknown,
    offset: chunk.nextOffsets[cut.rows - 1] ?? job.offset,
    line: chunk.nextLines[cut.rows - 1] ?? job.line,
  };
  rows.move(job.id, progress);
  return { result: { kind: 'committed', rows: cut.rows, job: progress }, frontier: grown };
}

/** Moves a job to another state and gives it as it is then. */
export function turned(
  rows: BatchRows,
  job: Batch,
  state: Batch['state'],
  reason: string | null,
  now: number,
): Batch {
  const after = { ...job, state, reason, endedAt: state === 'running' ? null : now };
  rows.move(job.id, after);
  return after;
}

function cutOf(chunk: BatchChunk, left: number): Cut {
  const refused = chunk.refusals[left];
  return refused === undefined
    ? { rows: chunk.results.ends.length, unknown: chunk.refusals.length, isRefused: false }
    : { rows: refused.row + 1, unknown: left, isRefused: true };
}

function appendEntries(
  ledger: LedgerRows,
  { account, kind, settings: { credential } }: Batch,
  { entries, refusals }: BatchChunk,
  cut: Cut,
  at: number,
  frontier: Frontier,
): Frontier {
  let grown = frontier;
  const asked = { account, credential, surface: BATCH_SURFACE, ...BATCH_QUESTIONS[kind] };
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
    grown = ledger.appendPrepared(entry, { at, outcome, failures: 0, blockedUntil: null }, grown);
  }
  return grown;
}

function resultsUpTo({ results, refusals }: BatchChunk, cut: Cut): Uint8Array {
  const end = results.ends[cut.rows - 1] ?? 0;
  if (!cut.isRefused) return results.bytes.subarray(0, end);
  const before = results.bytes.subarray(0, results.ends[cut.rows - 2] ?? 0);
  return Buffer.concat([before, refusals[cut.unknown]?.result ?? new Uint8Array()]);
}
