import { ADDRESS_LENGTHS } from './cpr-record-lengths.ts';
import { type ExtractRecord, type RecordScanner, type Scan, shapeAt } from './extract-record.ts';
import { digitsAt } from './fixed-width.ts';

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

  scan(text: string, atEnd: boolean, records: ExtractRecord[]): Scan {
    let from = 0;
    while (from < text.length) {
      let lineEnd = text.indexOf('\n', from);
      const isOpen = lineEnd === -1;
      if (isOpen) lineEnd = text.length;
      if (lineEnd - from > MAX_LINE_BYTES) {
        this.#line++;
        return { consumed: from, fault: 'line-too-long' };
      }
      if (isOpen && !atEnd) break;
      this.#line++;
      this.#read(text, from, lineEnd, records);
      from = lineEnd + 1;
    }
    return { consumed: Math.min(from, text.length), fault: null };
  }

  #read(text: string, from: number, lineEnd: number, records: ExtractRecord[]): void {
    let end = lineEnd;
    if (end > from && text.charCodeAt(end - 1) === CARRIAGE_RETURN) end--;
    while (end > from && text.charCodeAt(end - 1) === BLANK) end--;
    if (end === from) return;
    const line = this.#line;
    const length = end - from;
    const shape = length < 3 ? undefined : shapeAt(text, from);
    if (shape === undefined) {
      const hasType = length >= 3 && digitsAt(text, from, 3) >= 0;
      const type = hasType ? text.substring(from, from + 3) : '';
      records.push({ type, isKnown: false, line, length, isOverlong: false, text: '' });
      return;
    }
    const { type } = shape;
    const longest = type === '002' ? this.#addressLength : shape.length;
    const record = text.substring(from, Math.min(end, from + longest));
    records.push({ type, isKnown: true, line, length, isOverlong: length > longest, text: record });
  }
}
