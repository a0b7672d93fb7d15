import type { Frontier } from '@vidimus/ledger';
import type { BatchChunk, ChunkResult } from '../batch-journal.ts';
import type { Budgets } from '../settle.ts';
import { settleChunk } from '../settle-chunk.ts';
import type { BatchRows } from './batch-rows.ts';
import type { LedgerRows } from './ledger-rows.ts';

interface ChunkParts {
  readonly rows: BatchRows;
  readonly budgets: Budgets;
  readonly ledger: LedgerRows;
}

/**
 * Writes a chunk inside of the caller's transaction: entries up to the row at which the job has to stop, their
 * results, and the job's progress. `at` in ms.
 */
export function commitChunk(
  { rows, budgets, ledger }: ChunkParts,
  chunk: BatchChunk,
  at: number,
  frontier: Frontier,
): { readonly result: ChunkResult; readonly frontier: Frontier } {
  const { account, id } = chunk.job;
  const unknown = rows.unknownOf(account, at);
  const budget = (register: 'cpr' | 'ssn') => budgets.read(account, register);
  const settled = settleChunk(chunk, rows.job(chunk.job), { budget, unknown }, at);
  const { job } = settled;
  if (settled.kind === 'not-next') return { result: { kind: 'not-next', job }, frontier };
  rows.move(settled.job);
  if (settled.kind === 'stopped') return { result: { kind: 'not-next', job }, frontier };
  let grown = frontier;
  for (const { entry, outcome } of settled.entries) {
    grown = ledger.appendPrepared(entry, { at, outcome, failures: 0, blockedUntil: null }, grown);
  }
  rows.keepResults(id, chunk.number, settled.results);
  if (settled.unknown > 0) rows.countUnknown(account, settled.unknown, at);
  return { result: { kind: 'committed', rows: settled.rows, job: settled.job }, frontier: grown };
}
