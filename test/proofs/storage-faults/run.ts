import { printFindings, printNotRun, readNumbers } from '../figures.ts';
import { noCompiler } from '../storage-calls/storage-calls.ts';
import { diskFullRounds, noMount } from './disk-full-rounds.ts';
import { faultRounds } from './fault-rounds.ts';

const { n, seed, full } = readNumbers({ n: 20, seed: 1, full: 5 });
if (noCompiler === null) {
  const { figures, violations } = await faultRounds(n, seed);
  printFindings('failing storage calls', figures, violations);
} else printNotRun('failing storage calls', noCompiler);
if (noMount === null) {
  const { figures, violations } = await diskFullRounds(full, seed);
  printFindings('full disk', figures, violations);
} else printNotRun('full disk', noMount);
