import type { Ssn } from '@vidimus/numbers';
import type { Draft } from '../journal/entry.ts';
import { type DisclosedHolder, discloseHolder } from '../person/disclosure.ts';
import type { SsnHolder } from '../person/ssn-holder.ts';
import type { Finding, SsnSource } from '../register/register.ts';
import { askRegister } from './ask-register.ts';
import { type Recorded, type Recorder, recordAnswer } from './record-answer.ts';
import type { Asker, Purpose, Simulation } from './request.ts';

export interface LookUpSsnRequest {
  readonly asker: Asker;
  readonly ssn: Ssn;
  readonly purpose: Purpose;
  /** Whether a death is told only to who knows at least part of the name; nobody does in a lookup. */
  readonly deceasedNeedsName: boolean;
  readonly simulate: Simulation | null;
}

export type LookUpSsnAnswer =
  | { readonly kind: 'found'; readonly holder: DisclosedHolder }
  | { readonly kind: 'unknown' }
  /** The register could not be asked. */
  | { readonly kind: 'unavailable' };

export type LookUpSsnOutcome = Recorded<LookUpSsnAnswer>;

export interface LookUpSsnParts {
  readonly source: SsnSource;
  readonly journal: Recorder;
  readonly subjectKey: (ssn: Ssn) => Uint8Array;
}

/** Looks up whether an SSN is held and its holder alive, and nothing else: register, disclosure, ledger. */
export async function lookUpSsn(parts: LookUpSsnParts, request: LookUpSsnRequest): Promise<LookUpSsnOutcome> {
  const finding = await askRegister(request.simulate, () => parts.source.find(request.ssn));
  if (request.simulate === '503') return { kind: 'unrecorded' };
  const answer = answerOf(finding, request.deceasedNeedsName);
  const subject = parts.subjectKey(request.ssn);
  return recordAnswer(
    parts.journal,
    request.asker,
    request.purpose,
    { register: 'ssn', operation: 'lookup', subject, ...ledgerView(answer) },
    answer,
  );
}

function answerOf(finding: Finding<SsnHolder>, deceasedNeedsName: boolean): LookUpSsnAnswer {
  switch (finding.kind) {
    case 'held':
      return { kind: 'found', holder: discloseHolder(finding.record, deceasedNeedsName) };
    case 'absent':
      return { kind: 'unknown' };
    case 'unreachable':
      return { kind: 'unavailable' };
  }
}

function ledgerView(answer: LookUpSsnAnswer): Pick<Draft, 'use' | 'outcome' | 'summary'> {
  switch (answer.kind) {
    case 'found':
      return answer.holder.kind === 'deceased'
        ? { use: 'hit', outcome: 'deceased', summary: 'Deceased' }
        : { use: 'hit', outcome: 'found', summary: 'Held' };
    case 'unknown':
      return { use: 'miss', outcome: 'unknown', summary: 'NotFound' };
    case 'unavailable':
      return { use: 'unavailable', outcome: 'unavailable', summary: 'RegisterUnavailable' };
  }
}
