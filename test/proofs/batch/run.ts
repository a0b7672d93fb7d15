import { printFindings, readNumbers } from '../figures.ts';
import { batchRounds } from './batch-rounds.ts';

const { rounds, seed } = readNumbers({ rounds: 50, seed: Date.now() % 1_000_000 });
const { figures, violations } = await batchRounds(rounds, seed);
printFindings('kill -9 of batch run', figures, violations);
