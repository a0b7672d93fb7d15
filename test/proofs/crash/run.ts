import { printFindings, readNumbers, readStore } from '../figures.ts';
import { chosenStore } from '../proof-store.ts';
import { crashRounds } from './crash-rounds.ts';

const { rounds, seed } = readNumbers({ rounds: 200, seed: Date.now() % 1_000_000 });
const store = await chosenStore(readStore());
try {
  const { figures, violations } = await crashRounds(rounds, seed, store, tell);
  printFindings('kill -9 under mixed load', figures, violations);
} finally {
  await store.stop();
}

/** Two thousand rounds take an hour. */
function tell(done: number, violations: number): void {
  if (done === 0 || done % 100 !== 0) return;
  process.stderr.write(`${done} of ${rounds}, violations: ${violations}\n`);
}
