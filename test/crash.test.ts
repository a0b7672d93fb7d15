import { HAS_POSTGRES } from '@vidimus/testkit';
import { expect, test } from 'vitest';
import { crashRounds } from './proofs/crash/crash-rounds.ts';
import { postgresStore } from './proofs/proof-store.ts';
import { noCompiler } from './proofs/storage-calls/storage-calls.ts';

/**
 * Whatever moment a process is killed at: every answer that a client has is in the ledger exactly once, in its
 * order; the budgets are what the entries say; the ledger verifies; the server is ready again within 5 s.
 * Without a compiler only random moments are tried. `npm run test:crash` has more rounds.
 */
const ROUNDS = 27;

const where =
  noCompiler === null ? 'at random moments and storage calls' : `at random moments (${noCompiler})`;

test(`kill -9 ${where} under mixed load loses and doubles nothing`, { timeout: 240_000 }, async () => {
  const { figures, violations } = await crashRounds(ROUNDS, Date.now() % 1_000_000);
  expect({ violations, figures }).toMatchObject({ violations: [], figures: { rounds: ROUNDS } });
  expect(figures.answers).toBeGreaterThan(ROUNDS * 10);
});

const ROUNDS_ON_POSTGRES = 3;

test.skipIf(!HAS_POSTGRES)(
  'the same on PostgreSQL: what a killed process left goes into the tree at another one',
  { timeout: 240_000 },
  async () => {
    const store = await postgresStore();
    const { figures, violations } = await crashRounds(ROUNDS_ON_POSTGRES, Date.now() % 1_000_000, store);
    await store.stop();
    expect({ violations, figures }).toMatchObject({
      violations: [],
      figures: { rounds: ROUNDS_ON_POSTGRES },
    });
    expect(figures.answers).toBeGreaterThan(ROUNDS_ON_POSTGRES);
  },
);
