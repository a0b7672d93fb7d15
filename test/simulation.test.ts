import { expect, test } from 'vitest';
import { Simulation } from './proofs/simulation/simulation.ts';

/** What fails here is played again by `npm run test:simulation -- --seeds 1 --seed <seed>`. */
const SEEDS = 20_000;

test(`${SEEDS} seeds: ledger and budgets decide as a model does, over crashes, repeats and wrong clocks`, {
  timeout: 240_000,
}, () => {
  const simulation = new Simulation();
  for (let seed = 0; seed < SEEDS; seed += 1)
    expect({ seed, trouble: simulation.play(seed) }).toEqual({ seed, trouble: null });
  expect(simulation.figures.crashes).toBeGreaterThan(SEEDS / 2);
  expect(simulation.figures.blocks).toBeGreaterThan(SEEDS / 20);
});
