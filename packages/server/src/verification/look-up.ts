import type { Cpr } from '@vidimus/numbers';
import type { Draft } from '../journal/entry.ts';
import type { Journal } from '../journal/journal.ts';
import type { CprPerson } from '../person/cpr-person.ts';
import { type DisclosedPerson, disclose } from '../person/disclosure.ts';
import type { CprSource, Finding } from '../register/register.ts';
import type { Asker, Purpose, Simulation } from './request.ts';

export interface LookUpRequest {
  readonly asker: Asker;
  readonly cpr: Cpr;
  readonly purpose: Purpose;
  /** Set when the account was found blocked at admission: the register is not asked any more. */
  readonly blockedUntil: number | null;
  readonly simulate: Simulation | null;
}

/** What the register and the budget say, before the ledger has the last word. */
type Answer =
  | { readonly kind: 'found'; readonly person: DisclosedPerson }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'blocked'; readonly until: number }
  /** The register could not be asked. */
  | { readonly kind: 'unavailable' };

/** `unrecorded`: the ledger could not be written, so there is no answer. */
export type LookUpOutcome = Answer | { readonly kind: 'unrecorded' };

export interface LookUpParts {
  readonly source: Pick<CprSource, 'find'>;
  readonly journal: Pick<Journal, 'record'>;
  readonly subjectKey: (cpr: Cpr) => Uint8Array;
}

const UNREACHABLE: Finding<CprPerson> = { kind: 'unreachable' };

/**
 * Looks one CPR number up: register, disclosure, then one durable transaction that re-reads the budget and
 * writes the ledger entry. Only then does an outcome leave this function.
 */
export async function lookUp(parts: LookUpParts, request: LookUpRequest): Promise<LookUpOutcome> {
  const answer: Answer =
    request.blockedUntil === null
      ? answerOf(await ask(parts.source, request))
      : { kind: 'blocked', until: request.blockedUntil };
  if (request.simulate === '503') return { kind: 'unrecorded' };

  const result = await parts.journal.record({
    account: request.asker.account,
    credential: request.asker.credential,
    surface: request.asker.surface,
    register: 'cpr',
    operation: 'lookup',
    subject: parts.subjectKey(request.cpr),
    ...request.purpose,
    ...ledgerView(answer),
  });
  if (result.kind === 'not-recorded') return { kind: 'unrecorded' };
  const { verdict } = result.recorded;
  return verdict.kind === 'blocked' ? { kind: 'blocked', until: verdict.until } : answer;
}

async function ask(source: Pick<CprSource, 'find'>, request: LookUpRequest): Promise<Finding<CprPerson>> {
  return request.simulate === 'timeout' ? UNREACHABLE : source.find(request.cpr);
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

function ledgerView(answer: Answer): Pick<Draft, 'use' | 'outcome'> {
  switch (answer.kind) {
    case 'found':
      return { use: 'hit', outcome: answer.person.kind === 'protected' ? 'protected' : 'found' };
    case 'unknown':
      return { use: 'miss', outcome: 'unknown' };
    case 'unavailable':
      return { use: 'unavailable', outcome: 'unavailable' };
    case 'blocked':
      return { use: 'refused', outcome: 'blocked' };
  }
}
