import { daysIn } from './calendar.ts';

export type SsnDateReading =
  /** `YYYY-MM-DD`, null where the register does not know it. */
  { readonly kind: 'read'; readonly date: string | null } | { readonly kind: 'impossible' };

export const UNKNOWN_DATE: SsnDateReading = { kind: 'read', date: null };
export const IMPOSSIBLE_DATE: SsnDateReading = { kind: 'impossible' };

/**
 * Numbers are issued since 1936, to nobody born before 1800. Programs write 0001-01-01 and 9999-12-31 for "none",
 * and a date of death that means "none" would make a living person dead.
 */
const FIRST_YEAR = 1800;
const LAST_YEAR = 2099;

export function isYear(year: number): boolean {
  return year >= FIRST_YEAR && year <= LAST_YEAR;
}

/** A day of a register file; impossible when there is no such day or it is no date of a holder. */
export function ssnDay(year: number, month: number, day: number): SsnDateReading {
  if (!isYear(year) || day < 1 || day > daysIn(year, month)) return IMPOSSIBLE_DATE;
  return { kind: 'read', date: `${year}-${twoDigits(month)}-${twoDigits(day)}` };
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
