import type { FaultCode } from './extract-fault.ts';
import type { ExtractRecord } from './extract-record.ts';

/*
 * CPR writes two more layouts with the same start and end records and the same record numbers, whose fields stand
 * elsewhere. Read as an extract they would give a register full of wrong persons, so that they must be told by
 * what stands at places where the extract has something else.
 */

/** No 001 of an extract is nearly as long, not even one with a customer's key behind it. */
const FOREIGN_PERSON_BYTES = 300;
/** 001 is 366 bytes in the registerudtræk and 469 in U09480-P. */
const LONGEST_REGISTERUDTRAEK_PERSON_BYTES = 366;

/** The layout that a record gives away, null when it may well be the extract's. */
export function foreignLayout(record: ExtractRecord): FaultCode | null {
  if (record.type === '001') return foreignPerson(record);
  if (record.type === '015') return foreignProtection(record);
  return null;
}

function foreignPerson(record: ExtractRecord): FaultCode | null {
  if (isSexAt(record, 39)) return null;
  if (isSexAt(record, 67) && isHyphenAt(record, 72) && isHyphenAt(record, 75))
    return 'layout-registerudtraek';
  if (isSexAt(record, 22) && isDigitAt(record, 14) && isDigitAt(record, 21)) return 'layout-private';
  if (record.length <= FOREIGN_PERSON_BYTES) return null;
  return record.length <= LONGEST_REGISTERUDTRAEK_PERSON_BYTES ? 'layout-registerudtraek' : 'layout-private';
}

/** The extract's 015 (parents) has the year of a date with hyphens at 14, the registerudtræk's (protection) codes. */
function foreignProtection(record: ExtractRecord): FaultCode | null {
  return isDigitAt(record, 14) && isDigitAt(record, 18) ? 'layout-registerudtraek' : null;
}

function isSexAt(record: ExtractRecord, position: number): boolean {
  const letter = letterAt(record, position);
  return letter === 'M' || letter === 'K';
}

function isHyphenAt(record: ExtractRecord, position: number): boolean {
  return letterAt(record, position) === '-';
}

function isDigitAt(record: ExtractRecord, position: number): boolean {
  const letter = letterAt(record, position);
  return letter >= '0' && letter <= '9';
}

/** Positions count from 1, as in the layout tables; empty behind the end of the record. */
function letterAt({ text, start, end }: ExtractRecord, position: number): string {
  const at = start + position - 1;
  return at < end ? text.charAt(at) : '';
}
