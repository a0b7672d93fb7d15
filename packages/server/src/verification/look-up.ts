import type { Cpr } from '@vidimus/numbers';
import type { Draft } from '../journal/entry.ts';
import type { CprPerson } from '../person/cpr-person.ts';
import { type DisclosedPerson, disclose } from '../person/disclosure.ts';
import { PERSON_STATUS } from '../person/status.ts';
import type { CprSource, Finding } from '../register/register.ts';
import { askRegister } from './ask-register.ts';
import { type Recorded, type Recorder, recordAnswer } from './record-answer.ts';
import type { CprRequest } from './request.ts';

/** What the register and the budget say, before the ledger has the last word. */
type Answer =
  | {
      readonly kind: 'found';
      readonly person: DisclosedPerson;
      /** What stands for the number that the person has now, where the asker wants to know and may. */
      readonly current: string | null;
    }
  | { readonly kind: 'unknown' }
  /** The register could not be asked. */
  | { readonly kind: 'unavailable' };

export type LookUpAnswer = Answer;
export type LookUpOutcome = Recorded<Answer>;

export interface LookUpRequest extends CprRequest {
  /** What stands for another number of the person, where the asker wants to be told of one. */
  readonly subjectOf?: (cpr: Cpr) => string;
}

export interface LookUpParts {
  readonly source: Pick<CprSource, 'find'>;
  readonly journal: Recorder;
  readonly subjectKey: (cpr: Cpr) => Uint8Array;
}

/** Looks one CPR number up: register, disclosure, ledger, in this order. */
export async function lookUp(parts: LookUpParts, request: LookUpRequest): Promise<LookUpOutcome> {
  const finding = await askRegister(request.simulate, () => parts.source.find(request.cpr));
  const answer = await answerOf(parts, request, finding);
  if (request.simulate === '503') return { kind: 'unrecorded' };
  const subject = parts.subjectKey(request.cpr);
  return recordAnswer(
    parts.journal,
    request.asker,
    request.purpose,
    { register: 'cpr', operation: 'lookup', subject, ...ledgerView(answer) },
    answer,
  );
}

async function answerOf(
  { source }: LookUpParts,
  { subjectOf }: LookUpRequest,
  finding: Finding<CprPerson>,
): Promise<Answer> {
  switch (finding.kind) {
    case 'held': {
      const { record } = finding;
      const current = subjectOf === undefined ? null : await currentNumber(source, record);
      return { kind: 'found', person: disclose(record), current: current && (subjectOf?.(current) ?? null) };
    }
    case 'absent':
      return { kind: 'unknown' };
    case 'unreachable':
      return { kind: 'unavailable' };
  }
}

/**
 * The number that a person has now in place of the one asked for. A link would lead from the name of the old record
 * to a person who is protected today, so that there is none unless the record of today may be shown.
 */
async function currentNumber(source: LookUpParts['source'], record: CprPerson): Promise<Cpr | null> {
  if (record.currentNumber === null || disclose(record).kind === 'protected') return null;
  const finding = await source.find(record.currentNumber);
  return finding.kind === 'held' && disclose(finding.record).kind === 'open' ? record.currentNumber : null;
}

function ledgerView(answer: Answer): Pick<Draft, 'use' | 'outcome' | 'summary'> {
  switch (answer.kind) {
    case 'found': {
      const isProtected = answer.person.kind === 'protected';
      const summary = `PersonStatus=${PERSON_STATUS[answer.person.status]}, IsNameAddressProtected=${isProtected ? 'True' : 'False'}`;
      return { use: 'hit', outcome: isProtected ? 'protected' : 'found', summary };
    }
    case 'unknown':
      return { use: 'miss', outcome: 'unknown', summary: 'NotFound' };
    case 'unavailable':
      return { use: 'unavailable', outcome: 'unavailable', summary: 'RegisterUnavailable' };
  }
}
