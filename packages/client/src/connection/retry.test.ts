import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AttemptEnd, readRetryAfter, waitBeforeRetry } from './retry.ts';

const RULE = { retries: 2, longestWaitMs: 10_000 };
const answer = (status: number, retryAfterMs: number | null = null): AttemptEnd => ({
  kind: 'answer',
  status,
  retryAfterMs,
});
const NO_ANSWER: AttemptEnd = { kind: 'no-answer' };

test.each([
  ['nothing came back', NO_ANSWER, true, false],
  ['bad gateway', answer(502), true, false],
  ['unavailable', answer(503), true, false],
  ['the same request still under way', answer(409), true, false],
  ['gateway timeout', answer(504), true, false],
  ['too many requests', answer(429), true, true],
  ['found', answer(200), false, false],
  ['unknown', answer(400), false, false],
  ['not found', answer(404), false, false],
  ['a bug of the server', answer(500), false, false],
])('%s: sent again where that is always safe, and where only a refusal is', (_, end, always, ifRefused) => {
  expect(waitBeforeRetry(RULE, 'always', 1, end, 0.5) !== null).toBe(always);
  expect(waitBeforeRetry(RULE, 'if-refused', 1, end, 0.5) !== null).toBe(ifRefused);
});

test('no more often than the rule has it', () => {
  expect(waitBeforeRetry(RULE, 'always', 2, answer(503), 0.5)).not.toBeNull();
  expect(waitBeforeRetry(RULE, 'always', 3, answer(503), 0.5)).toBeNull();
});

test('what the server asks for is waited, and left to the caller when it is long', () => {
  expect(waitBeforeRetry(RULE, 'always', 1, answer(503, 3000), 0.9)).toBe(3000);
  expect(waitBeforeRetry(RULE, 'always', 1, answer(429, 86_400_000), 0.9)).toBeNull();
});

test('the back-off doubles, is drawn from its whole range, and ends at two seconds', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (attempt, random) => {
        const rule = { retries: 60, longestWaitMs: 10_000 };
        const wait = waitBeforeRetry(rule, 'always', attempt, NO_ANSWER, random) as number;
        expect(wait).toBeCloseTo(random * Math.min(2000, 100 * 2 ** (attempt - 1)), 6);
      },
    ),
  );
});

test.each([
  [null, null],
  ['7', 7000],
  ['0', 0],
  ['soon', null],
  ['-1', null],
  ['Fri, 20 Nov 2026 10:00:05 GMT', 5000],
  ['Fri, 20 Nov 2026 09:00:00 GMT', 0],
])('Retry-After %s', (value, ms) => {
  expect(readRetryAfter(value, Date.parse('2026-11-20T10:00:00Z'))).toBe(ms);
});
