import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { readCpr, readSsn } from './numbers.ts';
import { VidimusError } from './vidimus-error.ts';

test.each(['1307610015', '130761-0015', '130761 0015'])('a CPR number as %s', (typed) => {
  const cpr = readCpr(typed);
  expect(cpr.reveal()).toBe('1307610015');
  expect(readCpr(cpr)).toBe(cpr);
});

test.each(['123-45-6789', '123456789'])('an SSN as %s', (typed) => {
  expect(readSsn(typed).reveal()).toBe('123456789');
});

test('numbers print masked wherever they could slip out', () => {
  const cpr = readCpr('1307610015');
  const ssn = readSsn('123456789');
  const printed = [String(cpr), String(ssn), JSON.stringify({ cpr, ssn }), inspect({ cpr, ssn })].join();
  expect(printed).not.toMatch(/\d/);
});

test.each([
  ['cpr', '1234567890', 'cpr-malformed'],
  ['cpr', '7307610015', 'cpr-replacement'],
  ['ssn', '000-12-3456', 'ssn-not-issuable'],
  ['ssn', '12-3456789', 'ssn-malformed'],
] as const)('what can be no %s number is refused without repeating it: %s', (register, typed, code) => {
  const read = register === 'cpr' ? readCpr : readSsn;
  let error: unknown;
  try {
    read(typed);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(VidimusError);
  expect(error).toMatchObject({ kind: 'input', code, retryable: false });
  expect(inspect(error)).not.toContain(typed);
});
