import { printFindings, readNumbers } from '../figures.ts';
import { timingPairs } from './timing-pairs.ts';

const { pairs, seed } = readNumbers({ pairs: 20_000, seed: 1 });
printFindings('known against unknown numbers', await timingPairs(pairs, seed), []);
