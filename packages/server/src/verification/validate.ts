import { type AddressParts, asksFormerAddresses } from '@vidimus/matching';
import type { Cpr } from '@vidimus/numbers';
import type { Draft } from '../journal/entry.ts';
import type { CprPerson, FormerAddress } from '../person/cpr-person.ts';
import { comparable } from '../person/disclosure.ts';
import type { CprSource, Finding } from '../register/register.ts';
import { askRegister } from './ask-register.ts';
import { comparePerson, type Grading, type TypedPerson, type Validation } from './compare-person.ts';
import { type Recorded, type Recorder, recordAnswer } from './record-answer.ts';
import { recordReasons } from './record-reasons.ts';
import type { CprRequest } from './request.ts';

export interface ValidateRequest extends CprRequest {
  readonly typed: TypedPerson;
  /** Whether the asker may have a protected person compared. */
  readonly mayCompareProtected: boolean;
  readonly grading: Grading;
  /** Whether the asker wants to know why. */
  readonly explain: boolean;
}

type Answer =
  | { readonly kind: 'validated'; readonly validation: Validation }
  | { readonly kind: 'unknown' }
  /** The register could not be asked. */
  | { readonly kind: 'unavailable' };

export type ValidateAnswer = Answer;
export type ValidateOutcome = Recorded<Answer>;

export interface ValidateParts {
  readonly source: CprSource;
  readonly journal: Recorder;
  readonly subjectKey: (cpr: Cpr) => Uint8Array;
  /** The day in Denmark, `YYYY-MM-DD`. */
  readonly today: () => string;
}

/** Compares what a customer typed with the CPR record: register, disclosure, matching, ledger, in this order. */
export async function validate(parts: ValidateParts, request: ValidateRequest): Promise<ValidateOutcome> {
  const finding = await askRegister(request.simulate, () => parts.source.find(request.cpr));
  const answer = await answerOf(parts, request, finding);
  if (request.simulate === '503') return { kind: 'unrecorded' };
  const subject = parts.subjectKey(request.cpr);
  return recordAnswer(
    parts.journal,
    request.asker,
    request.purpose,
    { register: 'cpr', operation: 'validate', subject, ...ledgerView(answer) },
    answer,
  );
}

async function answerOf(
  { source, today }: ValidateParts,
  request: ValidateRequest,
  finding: Finding<CprPerson>,
): Promise<Answer> {
  if (finding.kind === 'absent') return { kind: 'unknown' };
  if (finding.kind === 'unreachable') return { kind: 'unavailable' };
  const person = comparable(finding.record, request.mayCompareProtected);
  const birthDate = finding.record.birthDate ?? request.cpr.birthDate;
  const isOpen = person.kind === 'open' && person.address !== null;
  const around = {
    birthDate,
    formerAddresses: [],
    roadNames: isOpen ? await source.roadNames(person.address.postcode) : [],
    reasons: recordReasons(finding.record, birthDate, today()),
    grading: request.grading,
    explain: request.explain,
  };
  const validation = comparePerson(person, request.typed, around);
  const { address } = validation.compared;
  // Their roads have to be asked for, and most customers live where they say: only those who do not are compared again.
  if (!isOpen || person.formerAddresses.length === 0 || address === null || !asksFormerAddresses(address)) {
    return { kind: 'validated', validation };
  }
  const formerAddresses = await namedAddresses(source, person.formerAddresses);
  return {
    kind: 'validated',
    validation: comparePerson(person, request.typed, { ...around, formerAddresses }),
  };
}

/** Former addresses come as codes; only those whose road the register can name can be compared. */
async function namedAddresses(
  source: CprSource,
  addresses: readonly FormerAddress[],
): Promise<AddressParts[]> {
  const named = await Promise.all(
    addresses.map(async (address) => {
      const road = await source.road(address);
      return road === null
        ? []
        : [
            {
              ...address,
              road: road.name,
              roadFullName: road.fullName,
              postcode: road.postcode,
              postDistrict: road.postDistrict,
            },
          ];
    }),
  );
  return named.flat();
}

const OUTCOMES = { Match: 'match', PartialMatch: 'partial-match', NoMatch: 'no-match' } as const;

function ledgerView(answer: Answer): Pick<Draft, 'use' | 'outcome' | 'summary'> {
  switch (answer.kind) {
    case 'validated': {
      const { verdict, overallScore } = answer.validation;
      return {
        use: 'hit',
        outcome: OUTCOMES[verdict],
        summary: `Verdict=${verdict}, OverallScore=${overallScore}`,
      };
    }
    case 'unknown':
      return { use: 'miss', outcome: 'unknown', summary: 'Verdict=NotFound' };
    case 'unavailable':
      return { use: 'unavailable', outcome: 'unavailable', summary: 'Verdict=Error' };
  }
}
