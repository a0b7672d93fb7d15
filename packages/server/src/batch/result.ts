import type { Validation } from '../verification/compare-person.ts';
import type { SsnMatch } from '../verification/verify-ssn.ts';
import type { RowError } from './row-error.ts';

/** Where a result belongs: the row in the file from 1, the line it begins in, and the customer's own reference. */
interface Place {
  readonly row: number;
  readonly line: number;
  readonly reference: string | null;
}

type Field = Pick<Validation['name'], 'score' | 'match' | 'comment'>;

/**
 * What becomes of a row, and how it is kept: one line of JSON. The register's name and address are not in it, not
 * even where a single validation would show them: a file of them is a copy of the register.
 */
export type RowResult = Place &
  (
    | {
        readonly verdict: 'Match' | 'PartialMatch' | 'NoMatch' | 'NotFound';
        readonly overallScore: number;
        readonly name: Field;
        readonly address: Field;
        readonly dateOfBirth: Field;
        readonly risk: { readonly level: string; readonly reasons: readonly string[] };
      }
    | { readonly ssnMatch: string }
    /** Asked, but not answered; there is an entry. */
    | { readonly refused: 'too-many-unknown' | 'too-many-names' }
    | { readonly error: RowError }
  );

const NOTHING: Field = { score: 0, match: false, comment: null };

export function validated(place: Place, { verdict, overallScore, risk, ...fields }: Validation): RowResult {
  const shown = ({ score, match, comment }: Field): Field => ({ score, match, comment });
  return {
    ...place,
    verdict,
    overallScore,
    name: shown(fields.name),
    address: shown(fields.address),
    dateOfBirth: shown(fields.dateOfBirth),
    risk: { level: risk.level, reasons: [...risk.reasons] },
  };
}

export function notFound(place: Place): RowResult {
  return {
    ...place,
    verdict: 'NotFound',
    overallScore: 0,
    name: NOTHING,
    address: NOTHING,
    dateOfBirth: NOTHING,
    risk: { level: 'High', reasons: ['NotFound'] },
  };
}

/** As the SSN surface says it. */
const SSN_MATCH: Readonly<Record<SsnMatch, string>> = {
  full: 'fullMatch',
  partial: 'partialMatch',
  none: 'noMatch',
  deceased: 'deceased',
  'not-found': 'notFound',
};

export function graded(place: Place, match: SsnMatch): RowResult {
  return { ...place, ssnMatch: SSN_MATCH[match] };
}

export function lineOf(result: RowResult): Buffer {
  return Buffer.from(`${JSON.stringify(result)}\n`);
}
