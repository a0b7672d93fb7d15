import { printFindings, readNumbers } from '../figures.ts';
import { crashRounds } from './crash-rounds.ts';

const { rounds, seed } = readNumbers({ rounds: 200, seed: Date.now() % 1_000_000 });
const { figures, violations } = await crashRounds(rounds, seed);
printFindings('kill -9 under mixed load', figures, violations);
