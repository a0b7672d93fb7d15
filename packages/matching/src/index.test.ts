import { expect, test } from 'vitest';
import {
  combine,
  compareAddress,
  compareDate,
  compareName,
  compareRoad,
  gradeSsnName,
  prepareAddress,
  prepareName,
} from './index.ts';

test('a person typed as registered matches in every field', () => {
  const name = compareName(
    prepareName({ given: 'Søren', middle: 'Bøge', surname: 'Jakobsen' }, { profile: 'dk' }),
    { given: 'Soeren', surname: 'Jakobsen' },
  );
  const address = compareAddress(
    prepareAddress(
      {
        road: 'Strandvejen',
        houseNumber: '12A',
        floor: 'st',
        door: 'tv',
        postcode: '2900',
        city: 'Hellerup',
      },
      { profile: 'dk' },
    ),
    { line: 'Strandvejen 12 A, st.tv, 2900 Hellerup' },
  );
  const dateOfBirth = compareDate('1980-02-29', '1980-02-29');
  expect(combine({ name, address, dateOfBirth })).toMatchObject({
    overallScore: 100,
    verdict: 'Match',
    risk: { level: 'Low', reasons: [] },
  });
});

test('a short road name and an SSN name are understood', () => {
  expect(compareRoad('Borgm Godskesens Pl', 'Borgmester Godskesens Plads').match).toBe(true);
  expect(gradeSsnName([{ given: 'JOHN', surname: 'SMITH' }], { given: 'John', surname: 'Smith' })).toBe(
    'full',
  );
});
