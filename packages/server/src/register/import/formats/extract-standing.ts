import type { CprPerson } from '../../../person/cpr-person.ts';
import { isCprStatus } from '../../../person/status.ts';
import { PERSON } from './cpr-layouts.ts';
import type { FieldComplaints, RecordFields } from './record-fields.ts';

/** What the person record 001 says. */
export type Standing = Pick<
  CprPerson,
  'status' | 'statusSince' | 'sex' | 'birthDate' | 'birthDateUncertain' | 'currentNumber'
>;

/**
 * Reads record 001; null when the status is none of the eleven: a status that nobody knows must not be guessed.
 * An unreadable birth date or number in force refuses the person too.
 */
export function readStanding(record: RecordFields, complaints: FieldComplaints): Standing | null {
  const status = record.mark(PERSON.status);
  if (!isCprStatus(status)) {
    complaints.refuse('status-unknown');
    return null;
  }
  const sex = record.mark(PERSON.sex);
  if (sex !== 'M' && sex !== 'K' && sex !== '') complaints.doubt('sex-unreadable');
  return {
    status,
    statusSince: record.date(PERSON.statusSince, PERSON.statusSinceMark),
    sex: sex === 'M' || sex === 'K' ? sex : null,
    birthDate: record.essentialDate(PERSON.birthDate, 'birth-date-unreadable'),
    birthDateUncertain: record.isUncertain(PERSON.birthDateMark),
    currentNumber: record.number(PERSON.currentNumber, 'current-number-unreadable'),
  };
}

/** Status 30 and above (cancelled, deleted, changed, missing, emigrated, deceased) has no address. */
export function hasAddress(standing: Standing): boolean {
  return standing.status < '30';
}
