import type { Chance } from './chance.ts';

/** The status codes of record 001. */
export type PopulationStatus = '01' | '03' | '05' | '07' | '20' | '30' | '50' | '60' | '70' | '80' | '90';

/** How likely somebody of an age is to be dead; a register keeps whom it ever had. */
const DEAD: readonly (readonly [ageBelow: number, share: number])[] = [
  [50, 0.02],
  [70, 0.08],
  [80, 0.3],
  [90, 0.65],
  [100, 0.92],
  [Number.POSITIVE_INFINITY, 0.995],
];

/** Shares of those who are not dead; everybody else lives at an address in Denmark. */
const OTHERS: readonly (readonly [PopulationStatus, number])[] = [
  ['80', 0.08],
  ['20', 0.025],
  ['05', 0.008],
  ['30', 0.003],
  ['03', 0.0015],
  ['70', 0.001],
  ['60', 0.001],
  ['50', 0.0005],
  ['07', 0.0002],
];

const THIS_YEAR = 2026;

export function drawStatus(chance: Chance, birthYear: number): PopulationStatus {
  const age = THIS_YEAR - birthYear;
  if (chance.happens(DEAD.find(([below]) => age < below)?.[1] ?? 1)) return '90';
  let drawn = chance.unit();
  for (const [status, share] of OTHERS) {
    drawn -= share;
    if (drawn < 0) return status;
  }
  return '01';
}

/** Whether the register has an address of somebody with the status. */
export function isResident(status: PopulationStatus): boolean {
  return status < '20';
}
