import { digitsAt, type FieldRow, isBlankAt } from './fixed-width.ts';

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
export function dateAt(record: string, row: FieldRow): string | null | Unreadable {
  if (isBlankAt(record, row)) return null;
  const start = row.from - 1;
  const gap = row.length === LENGTH_WITH_HYPHENS ? 1 : 0;
  const year = digitsAt(record, start, 4);
  const month = digitsAt(record, start + 4 + gap, 2);
  const day = digitsAt(record, start + 6 + 2 * gap, 2);
  if (year < 0 || month < 0 || day < 0) return UNREADABLE;
  if (gap === 1 && (record.charCodeAt(start + 4) !== HYPHEN || record.charCodeAt(start + 7) !== HYPHEN)) {
    return UNREADABLE;
  }
  if (year === 0 || month === 0 || day === 0) return null;
  if (day > daysIn(year, month)) return UNREADABLE;
  return gap === 1
    ? record.substring(start, start + 10)
    : `${record.substring(start, start + 4)}-${record.substring(start + 4, start + 6)}-${record.substring(start + 6, start + 8)}`;
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function daysIn(year: number, month: number): number {
  const isLeapYear = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeapYear ? 29 : (DAYS[month - 1] ?? 0);
}
