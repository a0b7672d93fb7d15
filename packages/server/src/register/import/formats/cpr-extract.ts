import type { ExtractEvent } from './extract-event.ts';
import { ExtractReading } from './extract-reading.ts';
import { ExtractRecords, type RecordBatch } from './extract-records.ts';

export interface CprExtractOptions {
  /**
   * The type of the 002 records, as the task was ordered: B adds the road's full name. Left out, it shows by the
   * length of the line, in a file without line breaks by what follows the first 002.
   */
  readonly addressRecords?: 'A' | 'B';
  /** Called with the bytes read so far, at least once per 16 KiB. */
  readonly onProgress?: (bytesRead: number) => void;
}

/** Bounds how many events come at once, whatever chunks a caller reads in. */
const SLICE_BYTES = 16 * 1024;

/**
 * Reads an extract of CPR for authorities, U12170-P (changes) or U12160-P (status), with or without line breaks, in
 * chunks of any size and in constant memory. Bad input never throws: the last event is `end` when the file is
 * complete, else `fault`. What `chunks` throws, a disk that fails for instance, goes to the caller.
 */
export async function* readCprExtract(
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
  options: CprExtractOptions = {},
): AsyncGenerator<readonly ExtractEvent[], void, undefined> {
  const records = new ExtractRecords(options.addressRecords ?? null);
  const reading = new ExtractReading();
  let bytesRead = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += SLICE_BYTES) {
      const slice = chunk.subarray(at, at + SLICE_BYTES);
      const { events, isFaulty } = take(records.take(slice), reading);
      bytesRead += slice.length;
      options.onProgress?.(bytesRead);
      if (events.length > 0) yield events;
      if (isFaulty) return;
    }
  }
  const last = take(records.finish(), reading);
  if (last.isFaulty) {
    yield last.events;
    return;
  }
  const fault = reading.finish(records.line);
  yield [...last.events, ...reading.drain(), ...(fault === null ? [] : [fault])];
}

function take(
  batch: RecordBatch,
  reading: ExtractReading,
): { readonly events: readonly ExtractEvent[]; readonly isFaulty: boolean } {
  for (const record of batch.records) {
    const fault = reading.take(record);
    if (fault !== null) return { events: [...reading.drain(), fault], isFaulty: true };
  }
  if (batch.fault !== null) return { events: [...reading.drain(), batch.fault], isFaulty: true };
  return { events: reading.drain(), isFaulty: false };
}
