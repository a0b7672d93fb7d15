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
  const about = typedNumber(body, today);
  const faults = together(faultsIn(lookups, body), about);
  if (faults.length > 0 || about === null || 'pointer' in about) return { kind: 'refused', faults };
  const question = body as Static<typeof LookupQuestion>;
  return { kind: 'question', question: { about, purpose: purposeOf(question) } };
}

/** Reads a verification. `today` is the day in Denmark, `YYYY-MM-DD`. */
export function readVerification(body: unknown, today: string): Reading<Verification> {
  const about = typedNumber(body, today);
  const date = typedDate(body, today);
  const faults = together(faultsIn(verifications, body), about, typeof date === 'string' ? null : date);
  if (faults.length > 0 || about === null || 'pointer' in about) return { kind: 'refused', faults };
  const question = body as Static<typeof VerificationQuestion>;
  const { given, middle, surname, address = null } = question;
  const dateOfBirth = typeof date === 'string' ? date : null;
  const purpose = purposeOf(question);
  return { kind: 'question', question: { about, purpose, given, middle, surname, address, dateOfBirth } };
}

/** What the schema refuses, and then what is wrong with the meaning of a member that it takes. */
function together(bySchema: readonly Fault[], ...byMeaning: readonly (object | null)[]): Fault[] {
  const more = byMeaning.filter((one) => one !== null && 'pointer' in one) as Fault[];
  return [...bySchema, ...more.filter(({ pointer }) => bySchema.every((one) => one.pointer !== pointer))];
}

/** The number of a body that may be wrong elsewhere; null where no register or no text is given. */
function typedNumber(body: unknown, today: string): Subject | Fault | null {
  const { register, number } = (body ?? {}) as Record<string, unknown>;
  if ((register !== 'cpr' && register !== 'ssn') || typeof number !== 'string') return null;
  return readTypedNumber(register, number, today);
}

/** The date of birth as `YYYY-MM-DD`; null where none is given as text. */
function typedDate(body: unknown, today: string): string | Fault | null {
  const { register, dateOfBirth } = (body ?? {}) as Record<string, unknown>;
  if (typeof dateOfBirth !== 'string') return null;
  const date = readTypedDate(dateOfBirth, register === 'ssn' ? 'ssn' : 'cpr', today);
  return date ?? fault('/dateOfBirth', 'not-a-date');
}

/** The number of a body that may be wrong elsewhere, for the ledger entry of a blocked account. */
export function numberIn(body: unknown, today: string): Subject | null {
  const about = typedNumber(body, today);
  return about === null || 'pointer' in about ? null : about;
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

/** The same for a query, whose faults name the parameter. */
export function faultsInQuery(schema: Validator, query: unknown): Fault[] {
  return faultsIn(schema, query).map((one) => ({ ...one, pointer: one.pointer.slice(1) }));
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
