import type { Answer } from '../connection/connection.ts';
import { memberOf, textOf } from '../connection/members.ts';
import { refusalOf } from '../connection/refusal.ts';
import type { Blocked } from '../person.ts';

/** Score from 0 to 100, and one sentence where there is something to say. */
export interface FieldScore {
  readonly score: number;
  readonly match: boolean;
  readonly comment: string | null;
}

/** What was compared, as it was compared; nulls where it may not be shown. */
export interface CprEvidence {
  readonly normalizedCprName: string | null;
  readonly normalizedCustomerName: string | null;
  readonly normalizedCprAddress: string | null;
  readonly normalizedCustomerAddress: string | null;
  readonly cprDateOfBirth: string | null;
}

export type CprValidation =
  | {
      readonly kind: 'validated';
      readonly verdict: 'match' | 'partial-match' | 'no-match';
      readonly overallScore: number;
      readonly name: FieldScore;
      readonly address: FieldScore;
      readonly dateOfBirth: FieldScore;
      readonly risk: { readonly level: 'Low' | 'Medium' | 'High'; readonly reasons: readonly string[] };
      readonly evidence: CprEvidence;
    }
  /** It has counted as a failed lookup. */
  | { readonly kind: 'unknown' }
  | Blocked
  /** The register could not be asked. Nothing counted. */
  | { readonly kind: 'unavailable' };

type Validated = Extract<CprValidation, { kind: 'validated' }>;

const VERDICTS = { Match: 'match', PartialMatch: 'partial-match', NoMatch: 'no-match' } as const;

export function validationOf(answer: Answer): CprValidation {
  const verdict = textOf(answer.json, 'verdict');
  if (answer.status !== 200 || verdict === null) throw refusalOf(answer);
  if (verdict === 'NotFound') return { kind: 'unknown' };
  if (verdict === 'Error') return { kind: 'unavailable' };
  if (!Object.hasOwn(VERDICTS, verdict)) throw refusalOf(answer);
  const { json } = answer;
  return {
    kind: 'validated',
    verdict: VERDICTS[verdict as keyof typeof VERDICTS],
    overallScore: memberOf(json, 'overallScore') as number,
    name: memberOf(json, 'name') as FieldScore,
    address: memberOf(json, 'address') as FieldScore,
    dateOfBirth: memberOf(json, 'dateOfBirth') as FieldScore,
    risk: memberOf(json, 'risk') as Validated['risk'],
    evidence: memberOf(json, 'evidence') as CprEvidence,
  };
}
