import { printFindings, readNumbers } from '../figures.ts';
import { raceRounds } from './race-rounds.ts';

const { rounds, seed } = readNumbers({ rounds: 200, seed: Date.now() % 1_000_000 });
const { figures, violations } = await raceRounds(rounds, seed);
printFindings('parallel unknown numbers', figures, violations);
