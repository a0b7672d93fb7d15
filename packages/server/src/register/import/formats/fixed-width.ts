/** Where a field stands in its record: its publisher's own name for it, its first position (counted from 1), its bytes. */
export interface FieldRow {
  readonly field: string;
  readonly from: number;
  readonly length: number;
}

/**
 * A record inside the bytes that were read: `bytes` from `start` to before `end`. `text` is all of `bytes` as
 * ISO-8859-1, one character per byte: looking at bytes is twice as fast as looking at characters, taking a string
 * out of another is several times as fast as decoding it.
 */
export interface RecordBytes {
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const BLANK = 0x20;
const ZERO = 0x30;

/** The field without the blanks on either side; empty when the record ends before it, as cut lines do. */
export function fieldAt(record: RecordBytes, row: FieldRow): string {
  const end = fieldEnd(record, row);
  const start = fieldStart(record, row, end);
  return start < end ? record.text.substring(start, end) : '';
}

/** The field without blanks and without its leading zeros: `008A` becomes `8A`, `0000` becomes empty. */
export function fieldWithoutZerosAt(record: RecordBytes, row: FieldRow): string {
  const end = fieldEnd(record, row);
  let start = fieldStart(record, row, end);
  while (start < end && record.bytes[start] === ZERO) start++;
  return start < end ? record.text.substring(start, end) : '';
}

/** Whether the field says nothing: blanks only, zeros only, or the record ends before it. */
export function isEmptyAt(record: RecordBytes, row: FieldRow): boolean {
  const end = fieldEnd(record, row);
  let start = fieldStart(record, row, end);
  while (start < end && record.bytes[start] === ZERO) start++;
  return start === end;
}

/** Whether every position of the field holds an ASCII digit. */
export function isDigitsAt(record: RecordBytes, row: FieldRow): boolean {
  const start = record.start + row.from - 1;
  if (start + row.length > record.end) return false;
  for (let at = start; at < start + row.length; at++) {
    if (digitAt(record.bytes, at) < 0) return false;
  }
  return true;
}

/** The number that `count` digits make from the offset on; -1 when one of them is no digit or stands behind `end`. */
export function digitsFrom(bytes: Uint8Array, offset: number, end: number, count: number): number {
  if (offset + count > end) return -1;
  let value = 0;
  for (let at = offset; at < offset + count; at++) {
    const digit = digitAt(bytes, at);
    if (digit < 0) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function digitAt(bytes: Uint8Array, at: number): number {
  const digit = (bytes[at] ?? 0) - ZERO;
  return digit <= 9 ? digit : -1;
}

/** Offset behind the last byte of the field that is not blank; not before the field's first byte. */
function fieldEnd(record: RecordBytes, row: FieldRow): number {
  const start = record.start + row.from - 1;
  let end = Math.min(start + row.length, record.end);
  while (end > start && record.bytes[end - 1] === BLANK) end--;
  return Math.max(start, end);
}

/** Offset of the first byte of the field that is not blank; at most `end`. */
function fieldStart(record: RecordBytes, row: FieldRow, end: number): number {
  let start = record.start + row.from - 1;
  while (start < end && record.bytes[start] === BLANK) start++;
  return start;
}
