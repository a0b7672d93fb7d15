import { DEFAULT_WEIGHTS, riskLevelOf } from '@vidimus/matching';
import type { Static } from 'typebox';
import type { DateFit, VerifySsnAnswer } from '../verification/verify-ssn.ts';
import { answered, type Facts } from './lookup-answer.ts';
import { LEVELS } from './verification-answer.ts';
import type { VerificationAnswer } from './verification-schema.ts';

type Document = Static<typeof VerificationAnswer>;
type Graded = Extract<VerifySsnAnswer, { kind: 'graded' }>;
type Fields = NonNullable<Graded['fields']>;
type Compared = Extract<Document, { outcome: 'compared' }>;
type Field = Compared['fields']['name'];

const GRADES = { full: 100, partial: 50, none: 0 } as const;
const VERDICTS = { full: 'match', partial: 'partialMatch', none: 'noMatch' } as const;
/** Every step of a score is a whole grade, so that only the highest passes. */
const THRESHOLD = 100;

/**
 * How a name fits an SSN, once it is written down. A score has three steps, and an explanation shows no word: whatever
 * is finer would help somebody who guesses names.
 */
export function ssnVerification({ match, fields }: Graded, facts: Facts): Document {
  const tail = { ...answered(facts) };
  if (fields !== null && (match === 'full' || match === 'partial' || match === 'none')) {
    return {
      outcome: 'compared',
      register: 'ssn',
      verdict: VERDICTS[match],
      ...graded(match, fields),
      ...tail,
    };
  }
  return match === 'deceased'
    ? { outcome: 'deceased', register: 'ssn', risk: { level: 'high', reasons: ['Deceased'] }, ...tail }
    : { outcome: 'unknown', register: 'ssn', risk: { level: 'high', reasons: ['NotFound'] }, ...tail };
}

function graded(match: keyof typeof VERDICTS, fields: Fields) {
  const name = GRADES[fields.name];
  const dateOfBirth = fields.dateOfBirth === 'match' ? 100 : 0;
  const isDateTyped = fields.dateOfBirth !== 'not-typed';
  const terms = [term('name', name), ...(isDateTyped ? [term('dateOfBirth', dateOfBirth)] : [])];
  const sum = terms.reduce((total, { product }) => total + product, 0);
  const weights = terms.reduce((total, { weight }) => total + weight, 0);
  const score = Math.floor(sum / weights + 0.5);
  const reasons = [
    ...(name < THRESHOLD ? ['NameMismatch'] : []),
    ...(fields.dateOfBirth === 'mismatch' ? ['DateOfBirthMismatch'] : []),
  ];
  const level = riskLevelOf(
    match === 'full' ? 'Match' : match === 'none' ? 'NoMatch' : 'PartialMatch',
    new Set(reasons),
  );
  return {
    score,
    fields: {
      name: { state: nameState(fields.name), score: name, comment: null },
      address: fieldOf(fields.address, 'The SSN register has no addresses.'),
      dateOfBirth: fieldOf(fields.dateOfBirth, 'The register holds no date of birth.'),
    },
    risk: { level: LEVELS[level], reasons },
    explanation: {
      fields: terms
        .filter(({ field }) => field === 'name' || fields.dateOfBirth !== 'no-data')
        .map(({ field, score: own }) => ({
          field,
          score: own,
          threshold: THRESHOLD,
          rule: null,
          alignment: [],
        })),
      arithmetic: { terms, sum, weights, score },
      toPass: [],
    },
  };
}

function term(field: 'name' | 'dateOfBirth', score: number) {
  const weight = DEFAULT_WEIGHTS[field];
  return { field, score, weight, product: score * weight };
}

function nameState(grade: Fields['name']): Field['state'] {
  return grade === 'full' ? 'match' : grade === 'partial' ? 'partial' : 'mismatch';
}

function fieldOf(fit: DateFit, withoutData: string): Field {
  switch (fit) {
    case 'match':
      return { state: 'match', score: 100, comment: null };
    case 'mismatch':
      return { state: 'mismatch', score: 0, comment: null };
    case 'not-typed':
      return { state: 'notSupplied', score: null, comment: null };
    case 'no-data':
      return { state: 'noData', score: null, comment: withoutData };
  }
}
