import { Cpr, parseCpr, parseSsn, Ssn } from '@vidimus/numbers';
import { VidimusError } from './vidimus-error.ts';

/** Takes a CPR number as ten digits, DDMMYY-SSSS or DDMMYY SSSS; no request is made for what can be none. */
export function readCpr(number: Cpr | string): Cpr {
  if (number instanceof Cpr) return number;
  const reading = parseCpr(number, { separator: 'any' });
  if (reading.kind === 'cpr') return reading.cpr;
  throw notANumber('cpr', reading.kind);
}

/** Takes an SSN as nine digits or ddd-dd-dddd. */
export function readSsn(number: Ssn | string): Ssn {
  if (number instanceof Ssn) return number;
  const reading = parseSsn(number);
  if (reading.kind === 'ssn') return reading.ssn;
  throw notANumber('ssn', reading.kind);
}

function notANumber(register: 'cpr' | 'ssn', reading: string): VidimusError {
  return new VidimusError(`This can be no ${register.toUpperCase()} number.`, {
    kind: 'input',
    code: `${register}-${reading}`,
    fix: 'Check the number for typing errors. Nothing was sent.',
    retryable: false,
    pointers: ['/number'],
  });
}
