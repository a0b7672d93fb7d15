import { AUDIT, type Client, shownOf, shownWhenTyped } from './asking.ts';
import type { CanaryHolder } from './holders.ts';
import { type CanaryPerson, TYPED } from './persons.ts';

/* The questions of our own API. No answer of it repeats a number; an explanation has the words of both sides. */

const FOR = { reference: AUDIT.externalReference, purpose: AUDIT.context, context: AUDIT.context };

/** A verification as our own API wants it; by default with the details of the person. */
export function ownDetails(
  { cpr, birthDate, name, address }: Pick<CanaryPerson, 'cpr' | 'birthDate' | 'name' | 'address'>,
  changed: Readonly<Record<string, unknown>> = {},
): string {
  return JSON.stringify({
    register: 'cpr',
    number: cpr,
    given: name.given,
    middle: name.middle,
    surname: name.surname,
    address: { road: address.road, houseNumber: '26', postcode: '9000', city: address.city },
    dateOfBirth: birthDate,
    ...FOR,
    ...changed,
  });
}

/** A lookup as our own API wants it. */
export function ownLookup(number: string, register: 'cpr' | 'ssn' = 'cpr'): string {
  return JSON.stringify({ register, number, ...FOR });
}

/** What the register's own address has more here than on the vendors' surfaces. */
function localityOf({ status, isProtected, unspoken }: CanaryPerson): string[] {
  return isProtected || status >= '30' ? [] : [unspoken.locality];
}

/** All good questions about a person, each sent twice with one key, and what can be read about them afterwards. */
export async function askOursAbout(client: Client, person: CanaryPerson): Promise<void> {
  const { cpr, unspoken } = person;
  const shown = [...shownOf(person), ...localityOf(person)];
  const repeated = [...shownWhenTyped(person), ...localityOf(person)];
  const former = { given: unspoken.given, surname: unspoken.surname };
  const typed = { given: TYPED.given, surname: TYPED.surname, address: TYPED.road };
  const questions: readonly (readonly [path: string, body: string, allowed: readonly string[]])[] = [
    ['/lookups', ownLookup(cpr), shown],
    ['/lookups', ownLookup(`${cpr.slice(0, 6)} - ${cpr.slice(6)}`), shown],
    ['/verifications', ownDetails(person), repeated],
    [
      '/verifications',
      ownDetails(person, typed),
      person.isProtected ? [] : [...shown, ...Object.values(TYPED)],
    ],
    [
      '/verifications',
      ownDetails(person, former),
      person.isProtected ? [] : [...repeated, ...Object.values(former)],
    ],
  ];
  for (const [at, [path, body, allowed]] of questions.entries()) {
    const key = { 'idempotency-key': `${cpr} ${at}` };
    const first = await client.ours(path, body, allowed, key);
    await client.ours(path, body, allowed, key);
    const { recordId } = JSON.parse(first.body) as { recordId: string };
    await client.readOurs(`/verifications/${recordId}`, allowed);
    await client.readOurs(`/records/${recordId}/proof`);
  }
}

/** Questions about the holder of an SSN, of whom no answer shows a word. */
export async function askOursAboutHolder(client: Client, holder: CanaryHolder): Promise<void> {
  const { ssn, first, last, alias } = holder;
  await client.ours('/lookups', ownLookup(ssn, 'ssn'));
  for (const [given, surname] of [
    [first, last],
    [first, alias],
    [TYPED.given, TYPED.surname],
  ]) {
    const body = JSON.stringify({ register: 'ssn', number: ssn, given, surname, ...FOR });
    const { body: answer } = await client.ours('/verifications', body);
    await client.readOurs(`/verifications/${(JSON.parse(answer) as { recordId?: string }).recordId}`);
  }
}

/** What the account can read of itself. */
export async function readOurs(client: Client, words: readonly string[]): Promise<void> {
  for (const path of ['/account', '/registers', '/records?limit=500', '/records?register=ssn'])
    await client.readOurs(path, words);
  await client.readOurs(`/records?reference=${encodeURIComponent(AUDIT.externalReference)}`, words);
}
