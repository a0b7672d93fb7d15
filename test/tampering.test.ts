import { expect, test } from 'vitest';
import { tamperRounds } from './proofs/tamper/tamper-rounds.ts';

/** Every 97th stored byte here; `npm run test:tamper` takes all of them. */
test('bytes flipped, entries cut, swapped, replayed, forked, rolled back: all of it is found', {
  timeout: 120_000,
}, async () => {
  const { figures, violations } = await tamperRounds({ entries: 1000, every: 97, fileFlips: 40, seed: 1 });
  expect(violations).toEqual([]);
  expect(figures.entryBytes.found).toBe(figures.entryBytes.flips);
  expect(figures.entryBytes.flips).toBeGreaterThan(5000);
  expect(figures.fileBytes.found).toBeGreaterThan(0);
});
