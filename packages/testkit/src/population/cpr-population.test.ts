import { parseCpr, parseSsn } from '@vidimus/numbers';
import { expect, test } from 'vitest';
import { cprPopulation } from './cpr-population.ts';
import { ssnPopulation } from './ssn-population.ts';

const indexes = Array.from({ length: 20_000 }, (_, index) => index);

test('the same seed makes the same persons, another seed others', () => {
  const [once, again, other] = [cprPopulation(7), cprPopulation(7), cprPopulation(8)];
  expect([4, 0, 99_999_999].map(once.person)).toEqual([4, 0, 99_999_999].map(again.person));
  expect(once.person(4)).not.toEqual(other.person(4));
});

test('every number is well-formed, of its person only, says the birth date and the sex, and can be nobody’s', () => {
  const population = cprPopulation(1);
  const seen = new Set<string>();
  for (const { number, birthDate, sex } of indexes.map(population.person)) {
    const reading = parseCpr(number, { separator: 'none' });
    if (reading.kind !== 'cpr') throw new Error('not well-formed');
    const { cpr } = reading;
    expect([cpr.birthDate, cpr.sex, cpr.passesModulus11]).toEqual([birthDate, sex, false]);
    expect(birthDate).not.toMatch(/-01-01$/);
    seen.add(number);
  }
  expect(seen.size).toBe(indexes.length);
});

test('every status and everything that is rare comes', () => {
  const population = cprPopulation(1);
  const persons = indexes.map(population.person);
  expect([...new Set(persons.map(({ status }) => status))].sort()).toEqual([
    '01',
    '03',
    '05',
    '07',
    '20',
    '30',
    '50',
    '60',
    '70',
    '80',
    '90',
  ]);
  const share = (test: (person: (typeof persons)[number]) => boolean) =>
    persons.filter(test).length / persons.length;
  expect(share(({ status }) => status === '01')).toBeCloseTo(0.58, 1);
  expect(share(({ protections }) => protections.includes('0001'))).toBeCloseTo(0.01, 2);
  for (const rare of [
    share(({ name }) => name === null),
    share(({ address }) => address?.careOf !== undefined && address.careOf !== ''),
    share(({ address }) => address?.buildingNumber !== undefined && address.buildingNumber !== ''),
    share(({ formerSurnames }) => formerSurnames.length > 0),
    share(({ formerAddresses }) => formerAddresses.length > 3),
    share(({ earlierNumber }) => earlierNumber !== null),
  ]) {
    expect(rare).toBeGreaterThan(0);
  }
});

test('from one edition to the next one in twenty has moved, and the others are as they were', () => {
  const [first, second] = [cprPopulation(1), cprPopulation(1, 1)];
  let moved = 0;
  for (const index of indexes) {
    const [before, after] = [first.person(index), second.person(index)];
    if (JSON.stringify(before) === JSON.stringify(after)) continue;
    moved++;
    expect(after).toEqual({
      ...before,
      address: after.address,
      formerAddresses: [before.address, ...before.formerAddresses],
    });
  }
  expect(moved / indexes.length).toBeCloseTo(0.03, 2);
});

test('holders have numbers that can be, a different one each', () => {
  const numbers = indexes.map((index) => ssnPopulation(1)(index).ssn);
  expect(new Set(numbers.map((number) => parseSsn(number).kind))).toEqual(new Set(['ssn']));
  expect(new Set(numbers).size).toBe(indexes.length);
});
