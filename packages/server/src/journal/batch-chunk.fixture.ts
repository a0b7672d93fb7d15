import { randomBytes } from 'node:crypto';
import type { BatchChunk, BatchName, NewBatch } from './batch-journal.ts';
import { draft } from './draft.fixture.ts';
import { BATCH_SURFACE } from './entry.ts';
import type { LedgerKeys } from './ledger-keys.ts';
import { pack } from './packed.ts';
import { prepareEntry } from './prepared-entry.ts';

/** What became of a row: somebody was found, nobody was, or it could not be asked. */
export type TestRow = 'found' | 'unknown' | 'error';

/** A job of validations that nobody has begun. */
export function newBatch(part: Partial<NewBatch> = {}): NewBatch {
  return {
    id: 'bat_1',
    account: 'acc_a',
    kind: 'cpr-validate',
    maxUnknown: 1000,
    input: { bytes: 1234, hash: new Uint8Array(32), rows: 100 },
    target: null,
    isUploaded: false,
    settings: {
      credential: 'command',
      reference: null,
      purpose: null,
      input: 'rows.csv',
      output: null,
      format: 'csv',
    },
    ...part,
  };
}

/** A chunk of these rows; the result of each names the chunk and the row. */
export function chunkOf(
  keys: LedgerKeys,
  job: BatchName,
  number: number,
  rows: readonly TestRow[],
  accountMaxUnknown = 1000,
): BatchChunk {
  const asked = rows.flatMap((kind, row) => (kind === 'error' ? [] : [{ kind, row }]));
  const prepared = asked.map(({ kind, row }) => ({
    row,
    kind,
    entry: prepareEntry(
      keys,
      draft({
        account: job.account,
        surface: BATCH_SURFACE,
        operation: 'validate',
        subject: randomBytes(16),
        context: `batch ${job.id}, chunk ${number}, row ${row}`,
        outcome: kind === 'found' ? 'match' : 'unknown',
      }),
    ),
  }));
  const resultOf = (row: number, what: string) => Buffer.from(`${number}.${row} ${what}\n`);
  return {
    job: { account: job.account, id: job.id },
    number,
    accountMaxUnknown,
    results: pack(rows.map((kind, row) => resultOf(row, kind))),
    errorRows: rows.flatMap((kind, row) => (kind === 'error' ? [row] : [])),
    entries: {
      rows: prepared.map(({ row }) => row),
      outcomes: prepared.map(({ kind }) => (kind === 'found' ? 'match' : 'unknown')),
      commitments: prepared.map(({ entry }) => entry.commitment),
      parts: pack(
        prepared.flatMap(({ entry }) => [
          entry.subject ?? new Uint8Array(),
          entry.reference ?? new Uint8Array(),
          entry.details,
        ]),
      ),
    },
    refusals: prepared
      .filter(({ kind }) => kind === 'unknown')
      .map(({ row, entry }) => ({
        row,
        result: resultOf(row, 'refused'),
        commitment: entry.commitment,
        details: entry.details,
      })),
    nextOffsets: rows.map((_, row) => 1000 * number + 10 * (row + 1)),
    nextLines: rows.map((_, row) => 100 * number + row + 2),
  };
}
