import { beforeAll, describe, expect, test } from 'vitest';
import { hasPython } from '../packages/ledger/test/verifier-runs.ts';
import { tamperRounds } from './proofs/tamper/tamper-rounds.ts';

/** Every 97th byte here; `npm run test:tamper` takes all of them. */
const WISH = { entries: 1000, every: 97, wholeEvery: 500, fileFlips: 40, seed: 1 };

describe('bytes flipped, entries cut, swapped, replayed, forked, rolled back', () => {
  let findings: Awaited<ReturnType<typeof tamperRounds>>;
  beforeAll(async () => {
    findings = await tamperRounds(WISH);
  }, 240_000);

  test('in the store: all of it is found', () => {
    const { figures, violations } = findings;
    expect(violations).toEqual([]);
    expect(figures.entryBytes.found).toBe(figures.entryBytes.flips);
    expect(figures.entryBytes.flips).toBeGreaterThan(5000);
    expect(figures.fileBytes.found).toBeGreaterThan(0);
    expect(Object.keys(figures.forgeries).length).toBeGreaterThan(12);
  });

  test('in an export and in proofs: all of it is found', () => {
    const { exportBytes, proofs, forgedExports } = findings.figures;
    expect(exportBytes.flips).toBeGreaterThan(5000);
    expect(exportBytes.found).toBe(exportBytes.flips);
    expect(exportBytes.wholeRuns).toBeGreaterThan(10);
    expect(proofs.flips).toBeGreaterThan(100);
    expect(proofs.found).toBe(proofs.flips);
    expect(Object.keys(forgedExports)).toHaveLength(42);
  });

  test.skipIf(!hasPython)('verify_ledger.py finds the same (python3)', () => {
    expect(findings.figures.byPython).toEqual(findings.figures.exportBytes);
  });
});
