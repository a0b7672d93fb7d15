import { digitsFrom, type FieldRow, isEmptyAt, type RecordBytes } from './fixed-width.ts';
import { IMPOSSIBLE_DATE, isYear, type SsnDateReading, ssnDay, UNKNOWN_DATE } from './ssn-dates.ts';

/** Any leap year, in which every day that a year can have is possible. */
const LEAP_YEAR = 2000;

/**
 * A date of the Death Master File, MMDDCCYY. Blank, or with 00 for any of its parts, it is not known. Rows hold
 * impossible ones too: an update of May 2012 has a death in month 60.
 */
export function dmfDateAt(record: RecordBytes, row: FieldRow): SsnDateReading {
  if (isEmptyAt(record, row)) return UNKNOWN_DATE;
  const { bytes, end } = record;
  const start = record.start + row.from - 1;
  const month = digitsFrom(bytes, start, end, 2);
  const day = digitsFrom(bytes, start + 2, end, 2);
  const year = digitsFrom(bytes, start + 4, end, 4);
  if (month < 0 || day < 0 || year < 0) return IMPOSSIBLE_DATE;
  if (month !== 0 && day !== 0 && year !== 0) return ssnDay(year, month, day);
  const isPossible = month <= 12 && (year === 0 || isYear(year)) && isDayOf(month, day);
  return isPossible ? UNKNOWN_DATE : IMPOSSIBLE_DATE;
}

/** Whether any year has that day; 00 stands for any day or month. */
function isDayOf(month: number, day: number): boolean {
  return ssnDay(LEAP_YEAR, month || 1, day || 1).kind === 'read';
}
