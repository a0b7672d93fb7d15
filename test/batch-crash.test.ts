import { HAS_POSTGRES } from '@vidimus/testkit';
import { expect, test } from 'vitest';
import { batchRounds } from './proofs/batch/batch-rounds.ts';
import { postgresStore } from './proofs/proof-store.ts';

/**
 * However often `batch run` is killed: each row is in the ledger once, in its order, and the results are byte for byte
 * those of a run that nobody disturbed. `npm run test:batch` has more rounds.
 */
test('kill -9 of batch run loses and doubles no row', { timeout: 240_000 }, async () => {
  const { figures, violations } = await batchRounds(1, Date.now() % 1_000_000);
  expect({ figures, violations }).toMatchObject({ violations: [] });
});

test.skipIf(!HAS_POSTGRES)('nor does it on PostgreSQL', { timeout: 240_000 }, async () => {
  const store = await postgresStore();
  const { figures, violations } = await batchRounds(1, Date.now() % 1_000_000, store);
  await store.stop();
  expect({ figures, violations }).toMatchObject({ violations: [] });
});
