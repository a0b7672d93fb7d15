import { expect, test } from 'vitest';
import { compareDate } from './compare-date.ts';

test.each([
  ['1980-02-29', '1980-02-29', 100, null],
  ['1980-02-09', '1980-09-02', 50, 'dateSwapped'],
  ['1980-02-29', '1981-02-29', 50, 'dateOneDigit'],
  ['1980-02-29', '1981-02-28', 0, 'dateOther'],
  ['1980-02-29', 'yesterday', 0, 'dateOther'],
  ['1980-02-29', '', 0, 'dateOther'],
])('%s against %s: %i', (record, typed, score, code) => {
  expect(compareDate(record, typed)).toMatchObject({ score, code, match: score === 100, compared: true });
});

test('no date on the record is not a mismatch', () => {
  expect(compareDate(null, '1980-02-29')).toMatchObject({ score: 0, match: false, compared: false });
});
