import type { Cpr, Ssn } from '@vidimus/numbers';
import { type AccountSettings, mayUse } from '../accounts/settings.ts';
import type { Kept } from '../journal/entry.ts';
import type { Journal } from '../journal/journal.ts';
import { type KeepWish, keepAnswer } from '../verification/keep-answer.ts';
import type { LookUpOutcome, LookUpRequest } from '../verification/look-up.ts';
import type { LookUpSsnOutcome, LookUpSsnRequest } from '../verification/look-up-ssn.ts';
import type { Recorder } from '../verification/record-answer.ts';
import type { Asker, Simulation } from '../verification/request.ts';
import type { ValidateOutcome, ValidateRequest } from '../verification/validate.ts';
import type { VerifySsnOutcome, VerifySsnRequest } from '../verification/verify-ssn.ts';
import { cprLookup, type Facts, type LookupDocument, ssnLookup } from './lookup-answer.ts';
import type { Lookup, Verification } from './read-question.ts';
import { ssnVerification } from './ssn-verification-answer.ts';
import { cprVerification, type VerificationDocument } from './verification-answer.ts';

export interface AskParts {
  readonly journal: Pick<Journal, 'record' | 'recordAndKeep'>;
  readonly pairwise: (account: string, number: Cpr | Ssn) => string;
  /** For how long a verification can be read again, in ms. */
  readonly keepForMs: number;
  readonly lookUp: (request: LookUpRequest, recorder?: Recorder) => Promise<LookUpOutcome>;
  readonly lookUpSsn: (request: LookUpSsnRequest, recorder?: Recorder) => Promise<LookUpSsnOutcome>;
  readonly validate: (request: ValidateRequest, recorder?: Recorder) => Promise<ValidateOutcome>;
  readonly verifySsn: (request: VerifySsnRequest, recorder?: Recorder) => Promise<VerifySsnOutcome>;
}

/** Who asks, with what the account has set. */
export interface Caller {
  readonly asker: Asker;
  readonly settings: AccountSettings;
  readonly simulate: Simulation | null;
  /** The hashed idempotency key and request; null without a key. */
  readonly repeat: KeepWish['repeat'];
}

/** What comes of a question: an answer, or what kept it from being answered. Times in ms. */
export type Asked<D> =
  | { readonly kind: 'answered'; readonly document: D }
  /** The same was asked before under the same key: what was answered then is kept. */
  | { readonly kind: 'repeated' }
  | { readonly kind: 'blocked'; readonly until: number }
  | { readonly kind: 'too-many-names'; readonly until: number }
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'unrecorded' };

/** Long enough for any retry; the header's promise is at least this. */
const REPEATABLE_MS = 24 * 60 * 60 * 1000;

/** Asks the register what it holds on a number. The answer is kept only for who may ask again. */
export async function askLookup(
  parts: AskParts,
  caller: Caller,
  { about, purpose }: Lookup,
): Promise<Asked<LookupDocument>> {
  const { asker, settings, simulate } = caller;
  const subject = parts.pairwise(asker.account, about.number);
  const ask = async (recorder?: Recorder): Promise<Asked<LookupDocument>> => {
    if (about.register === 'ssn') {
      const { deceasedNeedsName } = settings;
      const request = { asker, ssn: about.number, purpose, deceasedNeedsName, simulate };
      return answeredBy(await parts.lookUpSsn(request, recorder), subject, ssnLookup);
    }
    const subjectOf = (number: Cpr): string => parts.pairwise(asker.account, number);
    const request = { asker, cpr: about.number, purpose, simulate, subjectOf };
    return answeredBy(await parts.lookUp(request, recorder), subject, cprLookup);
  };
  const { repeat } = caller;
  return repeat === null ? ask() : keepAnswer(parts.journal, { subject, forMs: REPEATABLE_MS, repeat }, ask);
}

/** Compares what somebody typed with the register. The answer is kept, with its explanation. */
export function askVerification(
  parts: AskParts,
  caller: Caller,
  question: Verification,
): Promise<Asked<VerificationDocument>> {
  const { asker, settings, simulate, repeat } = caller;
  const { about, purpose, given, middle, surname, address, dateOfBirth } = question;
  const subject = parts.pairwise(asker.account, about.number);
  const wish = { subject, forMs: Math.max(parts.keepForMs, REPEATABLE_MS), repeat };
  return keepAnswer(parts.journal, wish, async (recorder): Promise<Asked<VerificationDocument>> => {
    if (about.register === 'ssn') {
      const request = {
        asker,
        ssn: about.number,
        first: given,
        middle,
        last: surname,
        dateOfBirth: dateOfBirth ?? undefined,
        hasAddress: address !== null,
        purpose,
        deceasedNeedsName: settings.deceasedNeedsName,
        simulate,
      };
      return answeredBy(await parts.verifySsn(request, recorder), subject, ssnVerification);
    }
    const request = {
      asker,
      cpr: about.number,
      purpose,
      simulate,
      typed: {
        name: { given, middle, surname },
        address: typeof address === 'string' ? { line: address } : address,
        dateOfBirth,
      },
      mayCompareProtected: mayUse(settings, 'protected.compare'),
      grading: settings.grading,
      explain: true,
    };
    return answeredBy(await parts.validate(request, recorder), subject, cprVerification);
  });
}

/** The document of an answer that was kept, the very one that was answered then. */
export function keptDocument(kept: Kept): LookupDocument | VerificationDocument {
  const { subject, answer } = JSON.parse(kept.answer) as { subject: string; answer: never };
  const facts = { subject, receipt: kept };
  if (kept.operation === 'lookup') {
    return kept.register === 'cpr' ? cprLookup(answer, facts) : ssnLookup(answer, facts);
  }
  return kept.register === 'cpr' ? cprVerification(answer, facts) : ssnVerification(answer, facts);
}

type Unanswered = Exclude<Asked<never>, { kind: 'answered' }>;

/** Makes the document of what was found and written down; everything else stays what it is. */
function answeredBy<O extends { readonly kind: string }, D>(
  outcome: O | Unanswered,
  subject: string,
  document: (answer: Exclude<O, Unanswered>, facts: Facts) => D,
): Asked<D> {
  switch (outcome.kind) {
    case 'blocked':
    case 'too-many-names':
    case 'unavailable':
    case 'unrecorded':
      return outcome as Unanswered;
    default: {
      const answer = outcome as Exclude<O, Unanswered> & Pick<Facts, 'receipt'>;
      return { kind: 'answered', document: document(answer, { subject, receipt: answer.receipt }) };
    }
  }
}
