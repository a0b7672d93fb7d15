import { printFindings, readNumbers } from '../figures.ts';
import { tamperRounds } from './tamper-rounds.ts';

const { 'file-flips': fileFlips, ...wish } = readNumbers({
  entries: 1000,
  every: 1,
  'file-flips': 500,
  seed: 1,
});
const { figures, violations } = await tamperRounds({ ...wish, fileFlips });
printFindings('tampering with the stored ledger', figures, violations);
