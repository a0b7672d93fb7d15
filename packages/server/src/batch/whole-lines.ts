import { isUtf8 } from 'node:buffer';
import { type InputFault, inputFault } from './input-fault.ts';

const LINE_FEED = 0x0a;
/** No row about a person is a hundredth of it. */
const LONGEST_LINE_BYTES = 64 * 1024;

/** Whole lines with their line breaks; only the last ones of a file may end without. */
export interface Lines {
  readonly kind: 'lines';
  readonly bytes: Buffer;
  readonly firstLine: number;
}

/** Cuts bytes behind line breaks and refuses what is not UTF-8. After a fault nothing follows. */
export async function* wholeLines(
  chunks: AsyncIterable<Buffer>,
  firstLine: number,
): AsyncGenerator<Lines | InputFault, void, undefined> {
  let held: Buffer = Buffer.alloc(0);
  let line = firstLine;
  for await (const chunk of chunks) {
    const bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    const end = bytes.lastIndexOf(LINE_FEED) + 1;
    held = bytes.subarray(end);
    if (end > 0) {
      const lines = checked(bytes.subarray(0, end), line);
      yield lines;
      if (lines.kind === 'fault') return;
      line += lineFeedsIn(lines.bytes);
    }
    if (held.length > LONGEST_LINE_BYTES) {
      yield inputFault('line-too-long', line);
      return;
    }
  }
  if (held.length > 0) yield checked(held, line);
}

function checked(bytes: Buffer, firstLine: number): Lines | InputFault {
  if (isUtf8(bytes)) return { kind: 'lines', bytes, firstLine };
  let line = firstLine;
  for (let start = 0; ; line += 1) {
    const end = bytes.indexOf(LINE_FEED, start);
    if (end === -1 || !isUtf8(bytes.subarray(start, end))) return inputFault('encoding-broken', line);
    start = end + 1;
  }
}

function lineFeedsIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) count += 1;
  return count;
}
