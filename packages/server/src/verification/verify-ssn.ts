import { gradeSsnName, normalizeName, type SsnGrade } from '@vidimus/matching';
import type { Ssn } from '@vidimus/numbers';
import type { Draft, EntryOutcome } from '../journal/entry.ts';
import type { Journal } from '../journal/journal.ts';
import type { NameAttemptRule } from '../limits/name-attempts.ts';
import type { SsnHolder } from '../person/ssn-holder.ts';
import type { Finding, SsnSource } from '../register/register.ts';
import { askRegister } from './ask-register.ts';
import { type Recorded, type Recorder, recordAnswer } from './record-answer.ts';
import type { Asker, Purpose, Simulation } from './request.ts';

export interface VerifySsnRequest {
  readonly asker: Asker;
  readonly ssn: Ssn;
  readonly first: string;
  readonly middle?: string | undefined;
  readonly last: string;
  /** `YYYY-MM-DD`, where the asker has one compared too. */
  readonly dateOfBirth?: string | undefined;
  /** Whether an address was typed too. */
  readonly hasAddress?: boolean;
  readonly purpose: Purpose;
  /** Whether a death is told only to who knows at least part of the name. */
  readonly deceasedNeedsName: boolean;
  readonly simulate: Simulation | null;
}

/** How number and name fit; `not-found` is a number that the register does not hold. */
export type SsnMatch = 'full' | 'partial' | 'none' | 'deceased' | 'not-found';

/** A date of birth fits or not: half of one would help somebody who guesses it. */
export type DateFit = 'match' | 'mismatch' | 'not-typed' | 'no-data';

type Answer =
  | {
      readonly kind: 'graded';
      readonly match: SsnMatch;
      /** How name and date of birth fit by themselves; null where the answer is not about them. */
      readonly fields: {
        readonly name: SsnGrade;
        /** There is no address to compare one with. */
        readonly address: 'not-typed' | 'no-data';
        readonly dateOfBirth: DateFit;
      } | null;
    }
  | { readonly kind: 'too-many-names'; readonly until: number }
  /** The register could not be asked. */
  | { readonly kind: 'unavailable' };

export type VerifySsnAnswer = Answer;
export type VerifySsnOutcome = Recorded<Answer>;

export interface VerifySsnParts {
  readonly source: SsnSource;
  readonly journal: Recorder & Pick<Journal, 'tryName'>;
  readonly subjectKey: (ssn: Ssn) => Uint8Array;
  /** Keyed hash of a name as it was tried for a number. */
  readonly nameKey: (ssn: Ssn, name: string) => Uint8Array;
  readonly nameRule: NameAttemptRule;
}

/**
 * Verifies whether a name belongs to an SSN: the name attempt is counted first, then register, matching and
 * ledger, in this order.
 */
export async function verifySsn(parts: VerifySsnParts, request: VerifySsnRequest): Promise<VerifySsnOutcome> {
  const subject = parts.subjectKey(request.ssn);
  const attempt = await parts.journal.tryName({
    subject,
    name: parts.nameKey(request.ssn, attemptOf(request)),
    rule: parts.nameRule,
  });
  if (attempt.kind === 'not-recorded' || request.simulate === '503') return { kind: 'unrecorded' };
  const answer: Answer =
    attempt.kind === 'too-many'
      ? { kind: 'too-many-names', until: attempt.until }
      : gradeOf(request, await askRegister(request.simulate, () => parts.source.find(request.ssn)));
  return recordAnswer(
    parts.journal,
    request.asker,
    request.purpose,
    { register: 'ssn', operation: 'verify', subject, ...ledgerView(answer) },
    answer,
  );
}

/** What counts as one attempt: a date of birth can be guessed as a name can, so that it is part of it. */
function attemptOf({ first, middle, last, dateOfBirth }: VerifySsnRequest): string {
  const name = normalizeName({ given: first, middle, surname: last });
  return dateOfBirth === undefined ? name : `${name}|${dateOfBirth}`;
}

function gradeOf(request: VerifySsnRequest, finding: Finding<SsnHolder>): Answer {
  if (finding.kind === 'unreachable') return { kind: 'unavailable' };
  if (finding.kind === 'absent') return { kind: 'graded', match: 'not-found', fields: null };
  const { names, isDeceased, birthDate } = finding.record;
  if (isDeceased && !request.deceasedNeedsName) return DECEASED;
  const name = gradeSsnName(
    names.map(({ first, middle, last, suffix }) => ({ given: first, middle, surname: last, suffix })),
    { given: request.first, middle: request.middle, surname: request.last },
  );
  if (isDeceased && name !== 'none') return DECEASED;
  const dateOfBirth = dateFit(birthDate, request.dateOfBirth);
  const match = name === 'full' && dateOfBirth !== 'not-typed' && dateOfBirth !== 'match' ? 'partial' : name;
  const address = request.hasAddress === true ? 'no-data' : 'not-typed';
  return { kind: 'graded', match, fields: { name, address, dateOfBirth } };
}

const DECEASED: Answer = { kind: 'graded', match: 'deceased', fields: null };

function dateFit(held: string | null, typed: string | undefined): DateFit {
  if (typed === undefined) return 'not-typed';
  if (held === null) return 'no-data';
  return held === typed ? 'match' : 'mismatch';
}

const OUTCOMES: Readonly<Record<SsnMatch, { outcome: EntryOutcome; word: string }>> = {
  full: { outcome: 'match', word: 'fullMatch' },
  partial: { outcome: 'partial-match', word: 'partialMatch' },
  none: { outcome: 'no-match', word: 'noMatch' },
  deceased: { outcome: 'deceased', word: 'deceased' },
  'not-found': { outcome: 'unknown', word: 'notFound' },
};

function ledgerView(answer: Answer): Pick<Draft, 'use' | 'outcome' | 'summary'> {
  switch (answer.kind) {
    case 'graded': {
      const { outcome, word } = OUTCOMES[answer.match];
      return { use: 'hit', outcome, summary: `SsnMatch=${word}` };
    }
    case 'too-many-names':
      return { use: 'refused', outcome: 'too-many-names', summary: 'TooManyNames' };
    case 'unavailable':
      return { use: 'unavailable', outcome: 'unavailable', summary: 'RegisterUnavailable' };
  }
}
