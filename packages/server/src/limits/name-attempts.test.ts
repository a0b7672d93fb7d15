import { expect, test } from 'vitest';
import { decideNameAttempt } from './name-attempts.ts';

const RULE = { names: 3, windowMs: 1000 };
const tried = (...times: number[]) => times.map((at) => ({ at, isThisName: false }));

test('so many different names within the window, and then no new one until the oldest lapses', () => {
  expect(decideNameAttempt(RULE, tried(100, 200), 500)).toEqual({ kind: 'allowed' });
  expect(decideNameAttempt(RULE, tried(300, 100, 200), 500)).toEqual({ kind: 'too-many', until: 1100 });
  expect(decideNameAttempt(RULE, tried(300, 100, 200), 1100)).toEqual({ kind: 'allowed' });
});

test('a name that was tried may be tried again', () => {
  const again = [...tried(100, 200), { at: 300, isThisName: true }];
  expect(decideNameAttempt(RULE, again, 500)).toEqual({ kind: 'allowed' });
});
