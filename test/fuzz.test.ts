import { expect, test } from 'vitest';
import { fuzz } from './proofs/fuzz/fuzz-rounds.ts';

/** As many as take some seconds; `npm run test:fuzz -- --requests N` sends more. */
const REQUESTS = 5_000;

test('requests made from the documents, right and wrong: every answer is what its document promises', async () => {
  const { requests, faults, unavailable } = await fuzz(REQUESTS, 20_261_120);
  expect(faults).toEqual([]);
  expect(requests).toBe(REQUESTS);
  expect(unavailable).toBeLessThan(REQUESTS / 100);
}, 300_000);
