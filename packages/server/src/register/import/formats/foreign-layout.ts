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
  if (record.type === '015') return foreignProtection(record.text);
  return null;
}

function foreignPerson({ text, length }: ExtractRecord): FaultCode | null {
  if (isSexAt(text, 39)) return null;
  if (isSexAt(text, 67) && isHyphenAt(text, 72) && isHyphenAt(text, 75)) return 'layout-registerudtraek';
  if (isSexAt(text, 22) && isDigitAt(text, 14) && isDigitAt(text, 21)) return 'layout-private';
  if (length <= FOREIGN_PERSON_BYTES) return null;
  return length <= LONGEST_REGISTERUDTRAEK_PERSON_BYTES ? 'layout-registerudtraek' : 'layout-private';
}

/** The extract's 015 (parents) has the year of a date with hyphens at 14, the registerudtræk's (protection) codes. */
function foreignProtection(text: string): FaultCode | null {
  return isDigitAt(text, 14) && isDigitAt(text, 18) ? 'layout-registerudtraek' : null;
}

// Positions count from 1, as in the layout tables.
function isSexAt(text: string, position: number): boolean {
  const letter = text.charAt(position - 1);
  return letter === 'M' || letter === 'K';
}

function isHyphenAt(text: string, position: number): boolean {
  return text.charAt(position - 1) === '-';
}

function isDigitAt(text: string, position: number): boolean {
  const letter = text.charAt(position - 1);
  return letter >= '0' && letter <= '9';
}
