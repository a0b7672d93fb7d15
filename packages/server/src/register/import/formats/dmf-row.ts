import { parseSsn } from '@vidimus/numbers';
import { dmfDateAt } from './dmf-dates.ts';
import { DMF_LEAST_BYTES, DMF_ROW, DMF_ROW_BYTES } from './dmf-layout.ts';
import { fieldAt, isDigitsAt, type RecordBytes } from './fixed-width.ts';
import type { SsnEvent, SsnRejection } from './ssn-event.ts';

/** What one row says, a warning before what it is about; the first thing that is wrong with it refuses it. */
export function readDmfRow(record: RecordBytes, line: number): SsnEvent[] {
  const refuse = (code: SsnRejection): SsnEvent[] => [{ kind: 'rejected', line, code }];
  if (record.end - record.start < DMF_LEAST_BYTES) return refuse('row-short');
  if (isShifted(record)) return refuse('row-shifted');
  const number = parseSsn(fieldAt(record, DMF_ROW.number));
  if (number.kind === 'malformed') return refuse('number-unreadable');
  if (number.kind === 'not-issuable') return refuse('number-not-issuable');
  const { ssn } = number;
  switch (fieldAt(record, DMF_ROW.changeType)) {
    case 'D':
      return [{ kind: 'dmf-removal', line, ssn }];
    case '':
    case 'A':
    case 'C':
      break;
    default:
      return refuse('change-type-unknown');
  }
  const name = {
    first: fieldAt(record, DMF_ROW.first),
    middle: fieldAt(record, DMF_ROW.middle),
    last: fieldAt(record, DMF_ROW.last),
    suffix: fieldAt(record, DMF_ROW.suffix),
  };
  if (Object.values(name).some((part) => ILLEGIBLE.test(part))) return refuse('text-unreadable');
  const death = dmfDateAt(record, DMF_ROW.deathDate);
  const birth = dmfDateAt(record, DMF_ROW.birthDate);
  const row = {
    ...name,
    birthDate: birth.kind === 'read' ? birth.date : null,
    deathDate: death.kind === 'read' ? death.date : null,
  };
  const event: SsnEvent = { kind: 'dmf-row', line, ssn, row };
  const isDoubtful = death.kind === 'impossible' || birth.kind === 'impossible';
  return isDoubtful ? [{ kind: 'warning', line, code: 'date-impossible' }, event] : [event];
}

/** Control characters; the file is ASCII, and letters of ISO-8859-1 do no harm. */
const ILLEGIBLE = /\p{Cc}/u;

/**
 * Real files hold rows in which a byte was lost or slipped in: then no number stands at its place, the row is too
 * long, a date has begun at the code before it, or the code stands where a date begins.
 */
function isShifted(record: RecordBytes): boolean {
  if (!isDigitsAt(record, DMF_ROW.number)) return true;
  if (record.end - record.start > DMF_ROW_BYTES) return true;
  if (isDigitsAt(record, DMF_ROW.proof)) return true;
  return /^[VPN]/.test(fieldAt(record, DMF_ROW.deathDate));
}
