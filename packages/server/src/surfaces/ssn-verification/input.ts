import { parseSsn, type Ssn } from '@vidimus/numbers';
import { isPersonName } from '../../verification/person-name.ts';

/** The fields of a request, read in the order of the vendor's checks. */
export type Input =
  | { readonly kind: 'input'; readonly ssn: Ssn; readonly first: string; readonly last: string }
  | { readonly kind: 'invalid-format' }
  | { readonly kind: 'bad-field'; readonly error: string };

/**
 * Reads a body: first whether each field is there (ssn, firstName, lastName), then whether it is good
 * (firstName, lastName, ssn). A number of digits and hyphens that is none is no error but an answer.
 */
export function readInput(body: Readonly<Record<string, unknown>>): Input {
  for (const field of ['ssn', 'firstName', 'lastName'] as const) {
    if (isMissing(body[field])) return { kind: 'bad-field', error: `${field} is required` };
  }
  const first = nameIn(body['firstName']);
  if (first === null) return { kind: 'bad-field', error: 'Please provide valid firstName' };
  const last = nameIn(body['lastName']);
  if (last === null) return { kind: 'bad-field', error: 'Please provide valid lastName' };
  const reading = parseSsn(body['ssn']);
  if (reading.kind === 'ssn') return { kind: 'input', ssn: reading.ssn, first, last };
  if (reading.kind === 'not-issuable' || reading.reason === 'shape') return { kind: 'invalid-format' };
  return { kind: 'bad-field', error: 'Please provide valid SSN' };
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

function nameIn(value: unknown): string | null {
  return typeof value === 'string' && isPersonName(value.trim()) ? value.trim() : null;
}
