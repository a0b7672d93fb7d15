import { type Cpr, parseCpr, parseSsn, type Ssn } from '@vidimus/numbers';
import type { RegisterName } from '../journal/entry.ts';
import { type Fault, fault } from './faults.ts';

/** Whom a question is about. */
export type Subject =
  | { readonly register: 'cpr'; readonly number: Cpr }
  | { readonly register: 'ssn'; readonly number: Ssn };

/** What people put between the digits of a number: blanks, hyphens and dashes. */
const BETWEEN = /[\s\u2010-\u2015-]/g;

/** Reads a number in whatever form it was typed. `today` is the day in Denmark: nobody is born after it. */
export function readTypedNumber(register: RegisterName, text: string, today: string): Subject | Fault {
  const digits = text.replaceAll(BETWEEN, '');
  if (register === 'ssn') {
    const reading = parseSsn(digits);
    return reading.kind === 'ssn' ? { register, number: reading.ssn } : fault('/number', 'not-a-number');
  }
  const reading = parseCpr(digits, { separator: 'none' });
  if (reading.kind === 'replacement') return fault('/number', 'replacement-number');
  return reading.kind === 'cpr' && !reading.cpr.isBornAfter(today)
    ? { register, number: reading.cpr }
    : fault('/number', 'not-a-number');
}
