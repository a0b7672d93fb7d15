import type { CprName, FormerName } from '../../../person/cpr-person.ts';
import { FORMER_NAME, NAME } from './cpr-layouts.ts';
import type { RecordFields } from './record-fields.ts';

/** The current name of record 008; null when the register has none, as for a newborn. */
export function readName(record: RecordFields): CprName | null {
  const given = record.text(NAME.given);
  const middle = record.text(NAME.middle);
  const surname = record.text(NAME.surname);
  return given === '' && middle === '' && surname === '' ? null : { given, middle, surname };
}

/** A name the person had, from record 026; null when CPR marks it as corrected or annulled (ANNKOR), or it is blank. */
export function readFormerName(record: RecordFields): FormerName | null {
  if (record.mark(FORMER_NAME.correctionMark) !== '') return null;
  const given = record.text(FORMER_NAME.given);
  const middle = record.text(FORMER_NAME.middle);
  const surname = record.text(FORMER_NAME.surname);
  if (given === '' && middle === '' && surname === '') return null;
  const from = record.date(FORMER_NAME.since, FORMER_NAME.sinceMark);
  const to = record.date(FORMER_NAME.until, FORMER_NAME.untilMark);
  return { given, middle, surname, from, to };
}
