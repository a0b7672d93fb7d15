import type { Comparison, RiskLevel, Verdict } from '@vidimus/matching';
import type { Static } from 'typebox';
import { PROTECTED_CODE, type Validation } from '../verification/compare-person.ts';
import type { ValidateAnswer } from '../verification/validate.ts';
import { cprAnswered, type Facts } from './lookup-answer.ts';
import type { VerificationAnswer } from './verification-schema.ts';

export type VerificationDocument = Static<typeof VerificationAnswer>;
type Document = VerificationDocument;
type Compared = Extract<Document, { outcome: 'compared' }>;
type Field = Compared['fields']['name'];
type State = Field['state'];

/** A field below its threshold deserves a look from here on; below, it is another one. */
const PARTIAL_FROM = { name: 50, address: 60, dateOfBirth: 50 } as const;

const VERDICTS: Readonly<Record<Verdict, Compared['verdict']>> = {
  Match: 'match',
  PartialMatch: 'partialMatch',
  NoMatch: 'noMatch',
};
export const LEVELS: Readonly<Record<RiskLevel, Compared['risk']['level']>> = {
  Low: 'low',
  Medium: 'medium',
  High: 'high',
};

/** A comparison with a CPR record, once it is written down. */
export function cprVerification(
  answer: Exclude<ValidateAnswer, { kind: 'unavailable' }>,
  facts: Facts,
): Document {
  const head = { register: 'cpr' as const };
  const tail = cprAnswered(facts);
  if (answer.kind === 'unknown') {
    return { outcome: 'unknown', ...head, risk: { level: 'high', reasons: ['NotFound'] }, ...tail };
  }
  const { validation } = answer;
  const fields = {
    name: fieldOf('name', validation),
    address: fieldOf('address', validation),
    dateOfBirth: fieldOf('dateOfBirth', validation),
  };
  const risk = { level: LEVELS[validation.risk.level], reasons: [...validation.risk.reasons] };
  if (validation.compared.name.code === PROTECTED_CODE) {
    return { outcome: 'protected', ...head, fields, risk, ...tail };
  }
  return {
    outcome: 'compared',
    ...head,
    verdict: VERDICTS[validation.verdict],
    score: validation.overallScore,
    fields,
    risk,
    explanation: validation.explanation as Compared['explanation'],
    ...tail,
  };
}

function fieldOf(name: keyof typeof PARTIAL_FROM, { compared, [name]: verdict }: Validation): Field {
  const comparison = compared[name];
  const state = comparison === null ? 'notSupplied' : stateOf(comparison, verdict.match, PARTIAL_FROM[name]);
  return { state, score: comparison?.compared === true ? verdict.score : null, comment: verdict.comment };
}

function stateOf({ compared, code, score }: Comparison, match: boolean, partialFrom: number): State {
  if (code === PROTECTED_CODE) return 'protected';
  if (!compared) return 'noData';
  if (match) return 'match';
  return score >= partialFrom ? 'partial' : 'mismatch';
}
