import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as matching from './index.ts';

const {
  combine,
  compareAddress,
  compareDate,
  compareName,
  compareRoad,
  gradeSsnName,
  prepareAddress,
  prepareName,
} = matching;

test('docs/matching.md lists what is exported, and nothing else', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/matching.md'), 'utf8');
  const [, section = ''] = /^## Interface\n([\s\S]*?)^## /m.exec(page) ?? [];
  const rows = section.match(/^\|.*$/gm) ?? [];
  const listed = rows.flatMap((row) => row.match(/(?<=`)(?:[a-z]\w+(?=\()|DEFAULT_\w+)/g) ?? []);
  expect(listed.toSorted()).toEqual(Object.keys(matching).toSorted());
});

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
