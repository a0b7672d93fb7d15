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
  | { readonly kind: 'found'; readonly person: DisclosedPerson }
  | { readonly kind: 'unknown' }
  /** The register could not be asked. */
  | { readonly kind: 'unavailable' };

export type LookUpOutcome = Recorded<Answer>;

export interface LookUpParts {
  readonly source: Pick<CprSource, 'find'>;
  readonly journal: Recorder;
  readonly subjectKey: (cpr: Cpr) => Uint8Array;
}

/** Looks one CPR number up: register, disclosure, ledger, in this order. */
export async function lookUp(parts: LookUpParts, request: CprRequest): Promise<LookUpOutcome> {
  const finding = await askRegister(request.simulate, () => parts.source.find(request.cpr));
  const answer = answerOf(finding);
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

function answerOf(finding: Finding<CprPerson>): Answer {
  switch (finding.kind) {
    case 'held':
      return { kind: 'found', person: disclose(finding.record) };
    case 'absent':
      return { kind: 'unknown' };
    case 'unreachable':
      return { kind: 'unavailable' };
  }
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
