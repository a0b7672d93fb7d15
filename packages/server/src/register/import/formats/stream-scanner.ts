import { ADDRESS_LENGTHS } from './cpr-record-lengths.ts';
import { type ExtractRecord, type RecordScanner, type Scan, shapeAt } from './extract-record.ts';

const TYPE_BYTES = 3;

/**
 * The form without line breaks, as CPR's FTP delivers it: records of full length, back to back. One type that is
 * not known ends the reading, since nobody can tell where the next record begins.
 */
export class StreamScanner implements RecordScanner {
  #line = 0;
  #addressLength: number | null;
  #endSeen = false;

  /** `addressRecords`: the type of the 002 records; null finds it out at the first of them. */
  constructor(addressRecords: 'A' | 'B' | null) {
    this.#addressLength = addressRecords === null ? null : ADDRESS_LENGTHS[addressRecords];
  }

  get line(): number {
    return this.#line;
  }

  scan(text: string, atEnd: boolean, records: ExtractRecord[]): Scan {
    let from = 0;
    for (;;) {
      if (this.#endSeen) from = afterLineBreaks(text, from);
      const available = text.length - from;
      if (available < TYPE_BYTES) break;
      const shape = shapeAt(text, from);
      if (shape === undefined) {
        this.#line++;
        return { consumed: from, fault: 'stream-broken' };
      }
      const { type } = shape;
      const length = type === '002' ? this.#lengthOfAddress(text, from, atEnd) : shape.length;
      if (length === null || length > available) break;
      const line = ++this.#line;
      const record = text.substring(from, from + length);
      records.push({ type, isKnown: true, line, length, isOverlong: false, text: record });
      if (type === '999') this.#endSeen = true;
      from += length;
    }
    const isCut = atEnd && from < text.length;
    if (isCut) this.#line++;
    return { consumed: from, fault: isCut ? 'stream-cut' : null };
  }

  /**
   * Types A and B of 002 are told apart once per file: where A would end, either a known record type begins or the
   * road's full name of B goes on, which no three digits of a record type can begin. Null: more bytes are needed.
   */
  #lengthOfAddress(text: string, from: number, atEnd: boolean): number | null {
    if (this.#addressLength !== null) return this.#addressLength;
    const endOfTypeA = from + ADDRESS_LENGTHS.A;
    if (text.length < endOfTypeA + TYPE_BYTES && !atEnd) return null;
    const isTypeA = shapeAt(text, endOfTypeA) !== undefined;
    this.#addressLength = isTypeA ? ADDRESS_LENGTHS.A : ADDRESS_LENGTHS.B;
    return this.#addressLength;
  }
}

/** Text tools end a file with a line break; behind the end record it does no harm. */
function afterLineBreaks(text: string, from: number): number {
  let at = from;
  while (text.charAt(at) === '\n' || text.charAt(at) === '\r') at++;
  return at;
}
