import { HAS_PATRONI } from '@vidimus/testkit';
import { expect, test } from 'vitest';
import { failoverRounds } from './proofs/failover/failover-rounds.ts';

/**
 * The machine of the primary is gone at once, under load: on the standby that Patroni promotes is every entry that was
 * answered for, the budgets are exact, and the ledger goes on from the checkpoint handed out just before. Clients see
 * 503s in the surfaces' shapes meanwhile, and the server finds the new primary by itself. `npm run test:failover` has
 * more rounds and more ways to go. Needs patroni, etcd-server and postgresql from Debian.
 */
test.skipIf(!HAS_PATRONI)(
  'a fail-over under Patroni loses no entry that was answered for, and heals by itself',
  { timeout: 180_000 },
  async () => {
    const { figures, violations } = await failoverRounds(1, Date.now() % 1_000_000, ['crash']);
    expect({ violations, figures }).toMatchObject({ violations: [], figures: { rounds: 1 } });
    expect(figures.answers).toBeGreaterThan(20);
    expect(figures.refusedWith503).toBeGreaterThan(0);
  },
);
