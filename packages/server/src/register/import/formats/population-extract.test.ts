import { cprPopulation } from '@vidimus/testkit';
import { expect, test } from 'vitest';
import { eventsOf, legible, personsOf } from './events-of.fixture.ts';
import { populationExtract } from './population-extract.fixture.ts';

const PERSONS = 3000;
const file = (extract: Partial<Parameters<typeof populationExtract>[0]> = {}) =>
  Buffer.concat([...populationExtract({ seed: 1, persons: PERSONS, ...extract })]);

test('an extract of the population is read without a complaint, and says what the population says', async () => {
  const events = await eventsOf(file());
  expect(events.map(({ kind }) => kind).filter((kind) => kind !== 'person')).toEqual(['start', 'end']);
  const persons = personsOf(events);
  const population = cprPopulation(1);
  for (let index = 0; index < PERSONS; index++) {
    const invented = population.person(index);
    const { person } = persons.get(invented.number) ?? {};
    expect(person).toMatchObject({
      status: invented.status,
      birthDate: invented.birthDate,
      sex: invented.sex,
      name: invented.name,
      protections: invented.protections.map((type) => ({ type })),
      formerNames: invented.formerSurnames.map((surname) => ({ surname })),
    });
    expect(person?.currentNumber?.reveal() ?? null).toBe(invented.currentNumber);
    expect(person?.emigration?.countryCode ?? null).toBe(invented.emigratedTo);
    expect([person?.address?.road, person?.address?.postcode]).toEqual([
      invented.address?.road.name,
      invented.address?.road.postcode,
    ]);
    expect(person?.formerAddresses).toHaveLength(invented.formerAddresses.length);
  }
});

test('the same values give the same bytes, in chunks of any size', () => {
  expect(file({ chunkBytes: 100 }).equals(file())).toBe(true);
  expect(file({ seed: 2 }).equals(file())).toBe(false);
});

test('with and without line breaks it is the same file', async () => {
  expect(withoutLines(await eventsOf(file({ lineBreak: '' })))).toEqual(withoutLines(await eventsOf(file())));
});

function withoutLines(events: Awaited<ReturnType<typeof eventsOf>>): string[] {
  return legible(events.map((event) => ('line' in event ? { ...event, line: 0 } : event)));
}
