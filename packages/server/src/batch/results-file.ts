import { type FileHandle, open } from 'node:fs/promises';
import type { BatchKind } from '../journal/batch-journal.ts';
import { csvHeader, csvRows } from './csv-results.ts';

export type OutputFormat = 'csv' | 'jsonl';

/** Results as a file, in the order of the rows. */
export interface ResultsFile {
  /** Takes lines of JSON as they are kept. */
  readonly append: (lines: Buffer) => Promise<void>;
  /** Comes back when all of it is on disk. */
  readonly close: () => Promise<void>;
}

/** Begins the file anew: what is kept of the results makes all of it, so it need not be trusted as it lies there. */
export async function beginResultsFile(
  path: string,
  kind: BatchKind,
  format: OutputFormat,
): Promise<ResultsFile> {
  const file: FileHandle = await open(path, 'w', 0o600);
  if (format === 'csv') await file.writeFile(csvHeader(kind));
  return {
    append: (lines) => file.writeFile(format === 'csv' ? csvRows(kind, lines) : lines),
    async close() {
      await file.sync();
      await file.close();
    },
  };
}

/** JSON where the name says so, else CSV. */
export function formatOf(path: string): OutputFormat {
  return /\.(jsonl|ndjson|json)$/i.test(path) ? 'jsonl' : 'csv';
}
