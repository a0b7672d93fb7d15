import { printFindings, readNumbers, readStore } from '../figures.ts';
import { chosenStore } from '../proof-store.ts';
import { batchRounds } from './batch-rounds.ts';
import { uploadRounds } from './upload-rounds.ts';

const { rounds, seed } = readNumbers({ rounds: 50, seed: Date.now() % 1_000_000 });
const store = await chosenStore(readStore());
try {
  const { figures, violations } = await batchRounds(rounds, seed, store);
  printFindings('kill -9 of batch run', figures, violations);
  const uploads = await uploadRounds(rounds, seed, store);
  printFindings('kill -9 of a server that works on a batch', uploads.figures, uploads.violations);
} finally {
  await store.stop();
}
