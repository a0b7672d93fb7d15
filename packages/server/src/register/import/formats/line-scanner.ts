import { ADDRESS_LENGTHS } from './cpr-record-lengths.ts';
import {
  type ExtractRecord,
  type RecordScanner,
  type Scan,
  shapeOf,
  typeNumberAt,
} from './extract-record.ts';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BLANK = 0x20;

/** Ten times the longest record. A longer line is damage, and keeping it would let a file fill the memory. */
export const MAX_LINE_BYTES = 4096;

/**
 * The form with line breaks: one record per line, CR LF or LF, trailing blanks usually cut. Blank lines are skipped,
 * what a line has beyond its record is ignored (real 001 lines have been met 15 bytes too long).
 */
export class LineScanner implements RecordScanner {
  #line = 0;

  get line(): number {
    return this.#line;
  }

  scan(bytes: Buffer, atEnd: boolean, records: ExtractRecord[]): Scan {
    let from = 0;
    while (from < bytes.length) {
      let lineEnd = bytes.indexOf(LINE_FEED, from);
      const isOpen = lineEnd === -1;
      if (isOpen) lineEnd = bytes.length;
      if (lineEnd - from > MAX_LINE_BYTES) {
        this.#line++;
        return { consumed: from, fault: 'line-too-long' };
      }
      if (isOpen && !atEnd) break;
      this.#line++;
      this.#read(bytes, from, lineEnd, records);
      from = lineEnd + 1;
    }
    return { consumed: Math.min(from, bytes.length), fault: null };
  }

  #read(bytes: Buffer, from: number, lineEnd: number, records: ExtractRecord[]): void {
    let end = lineEnd;
    if (end > from && bytes[end - 1] === CARRIAGE_RETURN) end--;
    while (end > from && bytes[end - 1] === BLANK) end--;
    if (end === from) return;
    const typeNumber = typeNumberAt(bytes, from, end);
    const shape = shapeOf(typeNumber);
    const line = this.#line;
    const length = end - from;
    if (shape === undefined) {
      const type = typeNumber < 0 ? '' : String(typeNumber).padStart(3, '0');
      records.push({ type, isKnown: false, line, length, text: '' });
      return;
    }
    // Both types of 002 are decoded; which of them a line is, shows by its length.
    const decoded = shape.type === '002' ? ADDRESS_LENGTHS.B : shape.decoded;
    const text = decoded === 0 ? '' : bytes.latin1Slice(from, Math.min(end, from + decoded));
    records.push({ type: shape.type, isKnown: true, line, length, text });
  }
}
