import { ADDRESS_LENGTHS } from './cpr-record-lengths.ts';
import {
  type ExtractRecord,
  type FileBytes,
  type RecordScanner,
  type Scan,
  shapeAt,
  TYPE_BYTES,
} from './extract-record.ts';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

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

  scan({ bytes, text }: FileBytes, atEnd: boolean, records: ExtractRecord[]): Scan {
    let from = 0;
    for (;;) {
      if (this.#endSeen) from = afterLineBreaks(bytes, from);
      const available = bytes.length - from;
      if (available < TYPE_BYTES) break;
      const shape = shapeAt(bytes, from);
      if (shape === undefined) {
        this.#line++;
        return { consumed: from, fault: 'stream-broken' };
      }
      const { type } = shape;
      const length = type === '002' ? this.#lengthOfAddress(bytes, from, atEnd) : shape.length;
      if (length === null || length > available) break;
      const line = ++this.#line;
      const end = from + length;
      records.push({ type, isKnown: true, line, length, isOverlong: false, bytes, text, start: from, end });
      if (type === '999') this.#endSeen = true;
      from = end;
    }
    const isCut = atEnd && from < bytes.length;
    if (isCut) this.#line++;
    return { consumed: from, fault: isCut ? 'stream-cut' : null };
  }

  #lengthOfAddress(bytes: Uint8Array, from: number, atEnd: boolean): number | null {
    this.#addressLength ??= addressLengthAt(bytes, from, atEnd);
    return this.#addressLength;
  }
}

/**
 * The length of the file's 002 records, by the first of them. Where type A would end, either a known record type begins
 * or the road's full name of B goes on, which no three digits of a record type can begin. Null: more bytes are needed.
 */
export function addressLengthAt(bytes: Uint8Array, from: number, atEnd: boolean): number | null {
  const endOfTypeA = from + ADDRESS_LENGTHS.A;
  if (bytes.length < endOfTypeA + TYPE_BYTES && !atEnd) return null;
  return shapeAt(bytes, endOfTypeA) === undefined ? ADDRESS_LENGTHS.B : ADDRESS_LENGTHS.A;
}

/** Text tools end a file with a line break; behind the end record it does no harm. */
function afterLineBreaks(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at] === LINE_FEED || bytes[at] === CARRIAGE_RETURN) at++;
  return at;
}
