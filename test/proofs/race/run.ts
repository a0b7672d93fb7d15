import { printFindings, readNumbers, readStore } from '../figures.ts';
import { chosenStore } from '../proof-store.ts';
import { raceRounds } from './race-rounds.ts';

const { rounds, seed } = readNumbers({ rounds: 200, seed: Date.now() % 1_000_000 });
const store = await chosenStore(readStore());
try {
  const { figures, violations } = await raceRounds(rounds, seed, store);
  printFindings('parallel unknown numbers', figures, violations);
} finally {
  await store.stop();
}
