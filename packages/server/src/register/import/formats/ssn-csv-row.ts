import { parseSsn } from '@vidimus/numbers';
import type { SsnCsvColumn, SsnCsvHeader } from './ssn-csv-header.ts';
import { IMPOSSIBLE_DATE, type SsnDateReading, ssnDay, UNKNOWN_DATE } from './ssn-dates.ts';
import type { SsnEvent, SsnRejection } from './ssn-event.ts';

/** What one row says; the first thing that is wrong with it refuses it. */
export function readSsnCsvRow(fields: readonly string[], line: number, header: SsnCsvHeader): SsnEvent {
  const refuse = (code: SsnRejection): SsnEvent => ({ kind: 'rejected', line, code });
  if (fields.length !== header.width) return refuse('columns-differ');
  const field = (column: SsnCsvColumn) => fields[header.places.get(column) ?? -1] ?? '';

  const number = parseSsn(field('ssn'));
  if (number.kind === 'malformed') return refuse('number-unreadable');
  if (number.kind === 'not-issuable') return refuse('number-not-issuable');
  const first = nameOf(field('firstName'));
  const middle = nameOf(field('middleName'));
  const last = nameOf(field('lastName'));
  const suffix = nameOf(field('suffix'));
  if (first === '' || last === '') return refuse('name-missing');
  if (first === null || middle === null || last === null || suffix === null) return refuse('text-unreadable');
  const birth = dateOf(field('dateOfBirth'));
  const death = dateOf(field('dateOfDeath'));
  if (birth.kind === 'impossible' || death.kind === 'impossible') return refuse('date-unreadable');
  const row = { first, middle, last, suffix, birthDate: birth.date, deathDate: death.date };
  return { kind: 'csv-row', line, ssn: number.ssn, row };
}

/** Control characters, and the mark that stands for a letter which an earlier conversion lost. */
const ILLEGIBLE = /[\p{Cc}\uFFFD]/u;

/** A part of a name with one blank between words, its accents composed; null when it is damaged. */
function nameOf(field: string): string | null {
  if (ILLEGIBLE.test(field)) return null;
  return field.normalize('NFC').replace(/\s+/gu, ' ').trim();
}

function dateOf(field: string): SsnDateReading {
  const text = field.trim();
  if (text === '') return UNKNOWN_DATE;
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  return year === undefined ? IMPOSSIBLE_DATE : ssnDay(Number(year), Number(month), Number(day));
}
