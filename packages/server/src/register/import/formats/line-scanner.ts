import { ADDRESS_LENGTHS } from './cpr-record-lengths.ts';
import {
  type ExtractRecord,
  type FileBytes,
  type RecordScanner,
  type Scan,
  shapeAt,
} from './extract-record.ts';
import { digitsFrom } from './fixed-width.ts';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BLANK = 0x20;

/** Ten times the longest record. A longer line is damage, and keeping it would let a file fill the memory. */
const MAX_LINE_BYTES = 4096;

/**
 * The form with line breaks: one record per line, CR LF or LF, trailing blanks usually cut. Blank lines are skipped,
 * what a line has beyond its record is ignored (real 001 lines have been met 15 bytes too long).
 */
export class LineScanner implements RecordScanner {
  readonly #addressLength: number;
  #line = 0;

  /** `addressRecords`: the type of the 002 records; null tells it by the length of each line. */
  constructor(addressRecords: 'A' | 'B' | null) {
    this.#addressLength = ADDRESS_LENGTHS[addressRecords ?? 'B'];
  }

  get line(): number {
    return this.#line;
  }

  scan(file: FileBytes, atEnd: boolean, records: ExtractRecord[]): Scan {
    const { bytes } = file;
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
      this.#read(file, from, lineEnd, records);
      from = lineEnd + 1;
    }
    return { consumed: Math.min(from, bytes.length), fault: null };
  }

  #read({ bytes, text }: FileBytes, start: number, lineEnd: number, records: ExtractRecord[]): void {
    let end = lineEnd;
    if (end > start && bytes[end - 1] === CARRIAGE_RETURN) end--;
    while (end > start && bytes[end - 1] === BLANK) end--;
    if (end === start) return;
    const line = this.#line;
    const length = end - start;
    const typeNumber = digitsFrom(bytes, start, end, 3);
    const shape = typeNumber < 0 ? undefined : shapeAt(bytes, start);
    if (shape === undefined) {
      const type = typeNumber < 0 ? '' : text.substring(start, start + 3);
      records.push({ type, isKnown: false, line, length, isOverlong: false, bytes, text, start, end });
      return;
    }
    const { type } = shape;
    const longest = type === '002' ? this.#addressLength : shape.length;
    const isOverlong = length > longest;
    if (isOverlong) end = start + longest;
    records.push({ type, isKnown: true, line, length, isOverlong, bytes, text, start, end });
  }
}
