import { expect, test } from 'vitest';
import type { CprPerson } from '../person/cpr-person.ts';
import { recordReasons } from './record-reasons.ts';

const person = (part: Partial<CprPerson>) =>
  ({ status: '01', protections: [], ...part }) as unknown as CprPerson;

test.each([
  ['01', []],
  ['03', ['HighRoadCode']],
  ['05', []],
  ['07', ['HighRoadCode']],
  ['20', ['AdministrativeNumber']],
  ['30', ['NumberCancelled']],
  ['50', ['NumberDeleted']],
  ['60', ['NumberChanged']],
  ['70', ['Missing']],
  ['80', ['Emigrated']],
  ['90', ['Deceased']],
] as const)('status %s gives %j', (status, reasons) => {
  expect(recordReasons(person({ status }), '1961-01-07', '2026-11-20')).toEqual(reasons);
});

test('a minor until the eighteenth birthday, a protected person whatever the status', () => {
  expect(recordReasons(person({}), '2008-11-21', '2026-11-20')).toEqual(['Minor']);
  expect(recordReasons(person({}), '2008-11-20', '2026-11-20')).toEqual([]);
  expect(recordReasons(person({}), '2008-02-29', '2026-02-28')).toEqual(['Minor']);
  expect(recordReasons(person({}), '2008-02-29', '2026-03-01')).toEqual([]);
  const protections = [{ type: '0001', since: null }];
  expect(recordReasons(person({ status: '80', protections }), '1961-01-07', '2026-11-20')).toEqual([
    'Emigrated',
    'NameAddressProtected',
  ]);
});
