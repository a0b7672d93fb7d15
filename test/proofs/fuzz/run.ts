import { printFindings, readNumbers } from '../figures.ts';
import { fuzz } from './fuzz-rounds.ts';

const { requests, seed } = readNumbers({ requests: 50_000, seed: Date.now() % 1_000_000 });
const { faults, ...figures } = await fuzz(requests, seed);
printFindings('requests made from the OpenAPI documents', figures, faults);
