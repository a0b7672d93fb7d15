import { daysIn } from './calendar.ts';
import { digitsFrom, type FieldRow, isEmptyAt, type RecordBytes } from './fixed-width.ts';

/** What a field holds that is neither empty nor readable. */
export const UNREADABLE = Symbol('unreadable');
export type Unreadable = typeof UNREADABLE;

const HYPHEN = 0x2d;
const LENGTH_WITH_HYPHENS = 10;

/**
 * A date of a CPR extract as `YYYY-MM-DD`. CPR writes ten bytes as `YYYY-MM-DD`, eight as `YYYYMMDD` and twelve as
 * `YYYYMMDDhhmm`, whose clock is not read: it may be 00 or 99 for "not known". Null when the field is blank, zero,
 * or leaves year, month or day at 00, which is how CPR says that a date is not known exactly (`194109002000`).
 */
export function dateAt(record: RecordBytes, row: FieldRow): string | null | Unreadable {
  if (isEmptyAt(record, row)) return null;
  const { bytes, end, text } = record;
  const start = record.start + row.from - 1;
  const gap = row.length === LENGTH_WITH_HYPHENS ? 1 : 0;
  const year = digitsFrom(bytes, start, end, 4);
  const month = digitsFrom(bytes, start + 4 + gap, end, 2);
  const day = digitsFrom(bytes, start + 6 + 2 * gap, end, 2);
  if (year < 0 || month < 0 || day < 0) return UNREADABLE;
  if (gap === 1 && (bytes[start + 4] !== HYPHEN || bytes[start + 7] !== HYPHEN)) {
    return UNREADABLE;
  }
  if (year === 0 || month === 0 || day === 0) return null;
  if (day > daysIn(year, month)) return UNREADABLE;
  return gap === 1
    ? text.substring(start, start + 10)
    : text.substring(start, start + 4) + MONTHS_AND_DAYS[month * 32 + day];
}

/** `-MM-DD` by month and day. Files hold a date per record; putting each together from five pieces shows. */
const MONTHS_AND_DAYS = Array.from({ length: 13 * 32 }, (_, index) => {
  const month = String(index >> 5).padStart(2, '0');
  const day = String(index & 31).padStart(2, '0');
  return `-${month}-${day}`;
});
