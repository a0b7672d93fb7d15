import { printFindings, readNumbers } from '../figures.ts';
import { tamperRounds } from './tamper-rounds.ts';

const {
  'file-flips': fileFlips,
  'whole-every': wholeEvery,
  ...wish
} = readNumbers({
  entries: 1000,
  every: 1,
  'file-flips': 500,
  'whole-every': 5000,
  seed: 1,
});
const { figures, violations } = await tamperRounds({ ...wish, fileFlips, wholeEvery });
printFindings('tampering with the ledger, stored and exported', figures, violations);
