import { HAS_PATRONI } from '@vidimus/testkit';
import { printFindings, printNotRun, readNumbers } from '../figures.ts';
import { failoverRounds } from './failover-rounds.ts';

const NAME = 'fail-over under mixed load';
const { rounds, seed } = readNumbers({ rounds: 20, seed: Date.now() % 1_000_000 });
if (HAS_PATRONI) {
  const { figures, violations } = await failoverRounds(rounds, seed);
  printFindings(NAME, figures, violations);
} else {
  printNotRun(NAME, 'Patroni, etcd or PostgreSQL is not installed (Debian: patroni etcd-server postgresql)');
}
