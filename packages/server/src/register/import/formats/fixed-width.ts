/** Where a field stands in its record: CPR's own name for it, its first position (counted from 1), its bytes. */
export interface FieldRow {
  readonly field: string;
  readonly from: number;
  readonly length: number;
}

const BLANK = 0x20;
const ZERO = 0x30;

/** The field without the blanks on either side; empty when the record ends before it, as cut lines do. */
export function fieldAt(record: string, row: FieldRow): string {
  let start = row.from - 1;
  let end = Math.min(start + row.length, record.length);
  while (end > start && record.charCodeAt(end - 1) === BLANK) end--;
  while (start < end && record.charCodeAt(start) === BLANK) start++;
  return start < end ? record.substring(start, end) : '';
}

/** Whether the field holds nothing: blanks only, or the record ends before it. */
export function isBlankAt(record: string, row: FieldRow): boolean {
  const end = Math.min(row.from - 1 + row.length, record.length);
  for (let at = row.from - 1; at < end; at++) {
    if (record.charCodeAt(at) !== BLANK) return false;
  }
  return true;
}

/** The number that `count` digits make from the 0-based index `start`; -1 when one of them is no digit. */
export function digitsAt(record: string, start: number, count: number): number {
  let value = 0;
  for (let at = start; at < start + count; at++) {
    const digit = record.charCodeAt(at) - ZERO;
    // Behind the end of the record the digit is NaN, which neither comparison lets through.
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** Whether the text is one or more ASCII digits. */
export function isDigits(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) return false;
  }
  return text.length > 0;
}

/** The text without its leading zeros: `008A` becomes `8A`, `0000` becomes empty. */
export function withoutLeadingZeros(text: string): string {
  let start = 0;
  while (start < text.length && text.charCodeAt(start) === ZERO) start++;
  return start === 0 ? text : text.substring(start);
}
