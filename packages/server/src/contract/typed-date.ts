import type { RegisterName } from '../journal/entry.ts';

const ISO = /^(\d{4})[-/. ]?(\d\d)[-/. ]?(\d\d)$/;
/** Denmark writes the day first, the United States the month. */
const LOCAL = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/;

/** Reads a date of birth in the forms that people type, as `YYYY-MM-DD`; null where it is none, or after today. */
export function readTypedDate(text: string, register: RegisterName, today: string): string | null {
  const typed = text.trim();
  const date = iso(typed) ?? local(typed, register);
  return date !== null && isReal(date) && date <= today ? date : null;
}

function iso(typed: string): string | null {
  const [, year, month, day] = ISO.exec(typed) ?? [];
  return year === undefined ? null : `${year}-${month}-${day}`;
}

function local(typed: string, register: RegisterName): string | null {
  const [, first = '', second = '', year] = LOCAL.exec(typed) ?? [];
  if (year === undefined) return null;
  const [month, day] = register === 'ssn' ? [first, second] : [second, first];
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function isReal(date: string): boolean {
  const ms = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(date);
}
