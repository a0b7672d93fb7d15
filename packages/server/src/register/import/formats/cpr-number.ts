import { type Cpr, parseCpr } from '@vidimus/numbers';
import { UNREADABLE, type Unreadable } from './cpr-dates.ts';
import { type FieldRow, fieldAt, isEmptyAt, type RecordBytes } from './fixed-width.ts';

/** A CPR number; null when the field is blank or all zeros, which mean none. CPR never delivers replacement numbers. */
export function numberAt(record: RecordBytes, row: FieldRow): Cpr | null | Unreadable {
  if (isEmptyAt(record, row)) return null;
  const reading = parseCpr(fieldAt(record, row), { separator: 'none' });
  return reading.kind === 'cpr' ? reading.cpr : UNREADABLE;
}
