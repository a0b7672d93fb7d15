import { isUtf8 } from 'node:buffer';
import { type CsvBatch, CsvRecords } from '../../../csv/csv-records.ts';
import { SsnCsvReading } from './ssn-csv-reading.ts';
import type { SsnEvent } from './ssn-event.ts';
import { type SsnFault, ssnFault } from './ssn-fault.ts';
import { type SsnFileBlock, type SsnFileOptions, ssnFileBlocks } from './ssn-file-blocks.ts';

const LINE_FEED = 0x0a;

/**
 * Reads an SSN file in CSV, in chunks of any size and in constant memory: a header with the columns of
 * `SSN_CSV_COLUMNS` in any order and case, UTF-8, dates `YYYY-MM-DD` or blank. Bad input never throws: the last event
 * is `end` when the file is complete, else `fault`. What `chunks` throws, a disk that fails for instance, goes to
 * the caller.
 */
export async function* readSsnCsv(
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
  options: SsnFileOptions = {},
): AsyncGenerator<readonly SsnEvent[], void, undefined> {
  const records = new CsvRecords();
  const reading = new SsnCsvReading();
  for await (const block of ssnFileBlocks(chunks, options)) {
    const fault = block.kind === 'fault' ? block : await take(block, records, reading);
    const events = [...reading.drain(), ...(fault === null ? [] : [fault])];
    if (events.length > 0) yield events;
    if (fault !== null) return;
  }
  const fault = readAll(await records.finish(), reading) ?? reading.finish();
  yield [...reading.drain(), ...(fault === null ? [] : [fault])];
}

async function take(
  { bytes, firstLine }: SsnFileBlock,
  records: CsvRecords,
  reading: SsnCsvReading,
): Promise<SsnFault | null> {
  if (!isUtf8(bytes)) return ssnFault('encoding-broken', firstLine + linesOfUtf8(bytes));
  return readAll(await records.take(bytes), reading);
}

function readAll({ records, fault }: CsvBatch, reading: SsnCsvReading): SsnFault | null {
  for (const record of records) {
    const reason = reading.take(record);
    if (reason !== null) return reason;
  }
  return fault === null ? null : ssnFault(fault.code, fault.line);
}

/** How many lines stand before the first that is not UTF-8. No byte of a longer letter looks like a line break. */
function linesOfUtf8(bytes: Buffer): number {
  let lines = 0;
  for (let start = 0; ; lines++) {
    const end = bytes.indexOf(LINE_FEED, start);
    if (end === -1 || !isUtf8(bytes.subarray(start, end))) return lines;
    start = end + 1;
  }
}
