import { CsvRecords } from '../csv/csv-records.ts';
import { type InputFault, inputFault } from './input-fault.ts';
import { wholeLines } from './whole-lines.ts';

export type InputFormat = 'csv' | 'jsonl';

/** A row as it stands in the file: the fields of a CSV record, or a line of JSON. */
export interface RawRow {
  /** The line that it begins in, from 1. */
  readonly line: number;
  readonly content: readonly string[] | string;
  /** Where the next one begins: bytes from the start of the file, and the line. */
  readonly nextOffset: number;
  readonly nextLine: number;
}

/** Where to begin reading: bytes from the start of the file, and the line that stands there. */
export interface Position {
  readonly offset: number;
  readonly line: number;
}

const LINE_FEED = 0x0a;
const BYTE_ORDER_MARK = Buffer.from('\ufeff');
export const START: Position = { offset: 0, line: 1 };

/**
 * Reads rows from `from` on, blank lines left out, in constant memory. `chunks` begin there too. Bad input never
 * throws: a fault is the last that comes.
 */
export async function* readRows(
  chunks: AsyncIterable<Buffer>,
  format: InputFormat,
  from: Position,
): AsyncGenerator<readonly RawRow[] | InputFault, void, undefined> {
  const rows = format === 'csv' ? csvRows(from) : jsonRows(from);
  let isFirst = from.offset === 0;
  for await (const lines of wholeLines(chunks, from.line)) {
    if (lines.kind === 'fault') {
      yield lines;
      return;
    }
    const { bytes } = lines;
    const hasMark = isFirst && bytes.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
    isFirst = false;
    const skipped = hasMark ? BYTE_ORDER_MARK.length : 0;
    const { taken, fault } = await rows.take(bytes.subarray(skipped), skipped);
    if (taken.length > 0) yield taken;
    if (fault !== null) {
      yield fault;
      return;
    }
  }
  const { taken, fault } = await rows.finish();
  if (taken.length > 0) yield taken;
  if (fault !== null) yield fault;
}

interface Taken {
  readonly taken: readonly RawRow[];
  readonly fault: InputFault | null;
}

interface RowReader {
  /** @param skipped bytes before these that are no part of any row */
  take(bytes: Buffer, skipped: number): Promise<Taken>;
  finish(): Promise<Taken>;
}

function csvRows(from: Position): RowReader {
  const records = new CsvRecords(from.line);
  let base = from.offset;

  function rowsOf(batch: Awaited<ReturnType<CsvRecords['take']>>): Taken {
    const taken = batch.records.flatMap(({ line, fields, end, nextLine }) =>
      fields.length === 1 && fields[0] === ''
        ? []
        : [{ line, content: fields, nextOffset: base + end, nextLine }],
    );
    return { taken, fault: batch.fault === null ? null : inputFault(batch.fault.code, batch.fault.line) };
  }

  return {
    async take(bytes, skipped) {
      base += skipped;
      return rowsOf(await records.take(bytes));
    },
    finish: async () => rowsOf(await records.finish()),
  };
}

function jsonRows(from: Position): RowReader {
  let { offset, line } = from;
  return {
    async take(bytes, skipped) {
      offset += skipped;
      const taken: RawRow[] = [];
      for (let start = 0; start < bytes.length; ) {
        const end = bytes.indexOf(LINE_FEED, start);
        const next = end === -1 ? bytes.length : end + 1;
        const content = bytes.toString('utf8', start, end === -1 ? next : end).trim();
        offset += next - start;
        line += 1;
        if (content !== '') taken.push({ line: line - 1, content, nextOffset: offset, nextLine: line });
        start = next;
      }
      return { taken, fault: null };
    },
    finish: async () => ({ taken: [], fault: null }),
  };
}
