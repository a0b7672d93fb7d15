import type { Static } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import type { Purpose } from '../verification/request.ts';
import { type Fault, fault, faultsOf } from './faults.ts';
import { LookupQuestion } from './lookup-schema.ts';
import { readTypedDate } from './typed-date.ts';
import { readTypedNumber, type Subject } from './typed-number.ts';
import { VerificationQuestion } from './verification-schema.ts';

export type Reading<Q> =
  | { readonly kind: 'question'; readonly question: Q }
  | { readonly kind: 'refused'; readonly faults: readonly Fault[] };

export interface Lookup {
  readonly about: Subject;
  readonly purpose: Purpose;
}

export interface Verification extends Lookup {
  readonly given: string;
  readonly middle: string | undefined;
  readonly surname: string;
  readonly address: NonNullable<Static<typeof VerificationQuestion>['address']> | null;
  /** `YYYY-MM-DD`. */
  readonly dateOfBirth: string | null;
}

const lookups = Compile(LookupQuestion);
const verifications = Compile(VerificationQuestion);

/** Reads a lookup. `today` is the day in Denmark, `YYYY-MM-DD`. */
export function readLookup(body: unknown, today: string): Reading<Lookup> {
  const faults = faultsIn(lookups, body);
  if (faults.length > 0) return { kind: 'refused', faults };
  const question = body as Static<typeof LookupQuestion>;
  const about = readTypedNumber(question.register, question.number, today);
  return 'pointer' in about
    ? { kind: 'refused', faults: [about] }
    : { kind: 'question', question: { about, purpose: purposeOf(question) } };
}

/** Reads a verification. `today` is the day in Denmark, `YYYY-MM-DD`. */
export function readVerification(body: unknown, today: string): Reading<Verification> {
  const faults = faultsIn(verifications, body);
  if (faults.length > 0) return { kind: 'refused', faults };
  const question = body as Static<typeof VerificationQuestion>;
  const { register, given, middle, surname, address = null, dateOfBirth: typed } = question;
  const about = readTypedNumber(register, question.number, today);
  const dateOfBirth = typed === undefined ? null : readTypedDate(typed, register, today);
  const wrong = [
    ...('pointer' in about ? [about] : []),
    ...(typed !== undefined && dateOfBirth === null ? [fault('/dateOfBirth', 'not-a-date')] : []),
  ];
  return 'pointer' in about || wrong.length > 0
    ? { kind: 'refused', faults: wrong }
    : {
        kind: 'question',
        question: { about, purpose: purposeOf(question), given, middle, surname, address, dateOfBirth },
      };
}

/** The number of a body that may be wrong elsewhere, for the ledger entry of a blocked account. */
export function numberIn(body: unknown, today: string): Subject | null {
  const { register, number } = (body ?? {}) as Record<string, unknown>;
  if ((register !== 'cpr' && register !== 'ssn') || typeof number !== 'string') return null;
  const about = readTypedNumber(register, number, today);
  return 'pointer' in about ? null : about;
}

/** What of a body that may be wrong elsewhere says what it was for. */
export function purposeIn(body: unknown): Purpose {
  const given = (body ?? {}) as Record<string, unknown>;
  const textIn = (name: string): string | null => {
    const text = given[name];
    return typeof text === 'string' && isText(text) ? text : null;
  };
  const purpose = textIn('purpose');
  return {
    reference: textIn('reference'),
    context: textIn('context'),
    ...(purpose !== null && { purpose }),
  };
}

function purposeOf({ reference, purpose, context }: Static<typeof LookupQuestion>): Purpose {
  return { reference, purpose, context: context ?? null };
}

function faultsIn(schema: Validator, body: unknown): Fault[] {
  if (body === undefined) return [fault('', 'missing')];
  if (!schema.Check(body)) {
    const members = (body ?? {}) as Record<string, unknown>;
    return faultsOf(schema.Errors(body), (pointer) => formOf(members[pointer.split('/')[1] ?? '']));
  }
  return textsIn(body as object, '').flatMap(([pointer, text]) =>
    isText(text) ? [] : [fault(pointer, 'not-text')],
  );
}

function formOf(value: unknown): 'line' | 'parts' | null {
  if (typeof value === 'string') return 'line';
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? 'parts' : null;
}

function textsIn(members: object, at: string): [string, string][] {
  return Object.entries(members).flatMap(([name, value]: [string, unknown]): [string, string][] => {
    const pointer = `${at}/${name}`;
    return typeof value === 'string' ? [[pointer, value]] : textsIn(value as object, pointer);
  });
}

/** No control characters but tabs and line ends, and no half of a surrogate pair: stores and terminals choke on them. */
function isText(text: string): boolean {
  // oxlint-disable-next-line no-control-regex
  return text.isWellFormed() && !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/.test(text);
}
