import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { cprPopulation, type PopulationPerson } from '@vidimus/testkit';

/** Whom the register of the bench holds: `cprPopulation(SEED).person(0)` and so on. */
export const SEED = 1;
/** So many different persons are asked about: more than any cache on the way holds of ten million. */
const ASKED = 100_000;

export interface Question {
  readonly number: string;
  readonly body: object;
}

/** Validations of persons spread over the whole register, typed as the register has them. */
export function* questions(persons: number): Generator<Question> {
  const population = cprPopulation(SEED);
  const step = Math.max(1, Math.floor(persons / ASKED));
  for (let index = 0; index < persons; index += step) {
    const person = population.person(index);
    const body = bodyOf(person, index);
    if (body !== null) yield { number: person.number, body };
  }
}

/** Writes one body a line, as the load generator reads them. */
export async function writeQuestions(persons: number, path: string): Promise<void> {
  const file = createWriteStream(path);
  for (const { body } of questions(persons)) file.write(`${JSON.stringify(body)}\n`);
  file.end();
  await finished(file);
}

function bodyOf({ number, birthDate, name, address }: PopulationPerson, index: number): object | null {
  // The API wants all of these; whoever has none of one is asked about by nobody.
  if (name === null || name.given === '' || address === null || address.houseNumber === '') return null;
  return {
    audit: { externalReference: `customer-${index}`, context: 'onboarding' },
    cpr: number,
    firstNames: [name.given, name.middle].filter(Boolean).join(' '),
    lastName: name.surname,
    street: address.road.name,
    houseNumber: address.houseNumber.replace(/^0+/, '').trim(),
    ...(address.floor !== '' && { floor: address.floor.replace(/^0+/, ''), door: address.door }),
    postalCode: address.road.postcode,
    city: address.road.postDistrict,
    dateOfBirth: birthDate,
  };
}
