import { setImmediate as breathe } from 'node:timers/promises';
import { csvHeader, csvRows } from '../../batch/csv-results.ts';
import type { Batch, BatchJournal } from '../../journal/batch-journal.ts';

export const CSV_TYPE = 'text/csv';
export const JSONL_TYPE = 'application/jsonl';

/** What `Accept` asks for, if it is one of the two; else the format of the upload. */
export function mediaTypeOf({ settings }: Batch, accept = ''): string {
  const asked = accept
    .toLowerCase()
    .split(',')
    .map((range) => range.split(';', 1)[0]?.trim());
  if (asked.includes(JSONL_TYPE) || asked.includes('application/x-ndjson')) return JSONL_TYPE;
  if (asked.includes(CSV_TYPE)) return CSV_TYPE;
  return settings.format === 'csv' ? CSV_TYPE : JSONL_TYPE;
}

/** The results of a job chunk by chunk. Breaks off when they are deleted meanwhile, so that nobody takes a part for the whole. */
export async function* resultsOf(
  batches: Pick<BatchJournal, 'results'>,
  job: Batch,
  type: string,
): AsyncGenerator<string | Buffer, void, undefined> {
  if (type === CSV_TYPE) yield csvHeader(job.kind);
  for (let chunk = 0; chunk < job.chunks; chunk += 1) {
    const lines = await batches.results(job, chunk);
    if (lines === null) throw new Error('The results were deleted.');
    yield type === CSV_TYPE ? csvRows(job.kind, lines) : lines;
    // Who else has a request goes between two chunks.
    await breathe();
  }
}
