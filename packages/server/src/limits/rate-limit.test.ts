import { expect, test } from 'vitest';
import { RateLimit } from './rate-limit.ts';

test('lets a burst of one second through, then one request per interval, each account on its own', () => {
  let now = 0;
  const limit = new RateLimit(() => now);
  for (let i = 0; i < 4; i += 1) expect(limit.take('a', 4)).toEqual({ kind: 'allowed' });
  expect(limit.take('a', 4)).toEqual({ kind: 'too-fast', wait: 250 });
  expect(limit.take('b', 4)).toEqual({ kind: 'allowed' });
  now = 250;
  expect(limit.take('a', 4)).toEqual({ kind: 'allowed' });
  expect(limit.take('a', 4).kind).toBe('too-fast');
});
