import { printFindings, readNumbers } from '../figures.ts';
import { Simulation } from './simulation.ts';

const { seeds, seed } = readNumbers({ seeds: 20_000, seed: 0 });
const simulation = new Simulation();
const violations: string[] = [];
const begun = performance.now();
for (let each = seed; each < seed + seeds; each += 1) {
  const trouble = simulation.play(each);
  if (trouble !== null) violations.push(`--seed ${each} --seeds 1: ${trouble}`);
}
const seconds = Math.round((performance.now() - begun) / 100) / 10;
printFindings(
  'simulation of ledger and budgets',
  { ...simulation.figures, firstSeed: seed, seconds },
  violations,
);
