import { FREE, type Pairing } from './align.ts';
import { COSTS } from './costs.ts';
import { GIVEN, MIDDLE, OTHER, PARTICLE, SURNAME } from './name.ts';
import type { NameScore } from './name-findings.ts';
import { isFurther } from './roles.ts';

/** The price of record words that were not typed. */
export function missingCost(
  pairing: Pairing,
  told: boolean,
  givenMatched: boolean,
  result: NameScore,
): number {
  const { record } = pairing;
  let cost = 0;
  result.surnameMissing = false;
  for (let i = 0; i < pairing.records; i++) {
    if (pairing.typedOf[i] !== FREE) continue;
    const role = record.roles[i];
    if (role === PARTICLE) cost += COSTS.missingParticle;
    else if (role === SURNAME) {
      result.surnameMissing = true;
      cost += told ? COSTS.missingSurnameTold : COSTS.missingLast;
    } else if (role === GIVEN) {
      const further = isFurther(record.roles, i);
      if (!told) cost += COSTS.missingFirst;
      else if (further) cost += COSTS.missingFurtherTold;
      else cost += givenMatched ? COSTS.missingGivenTold : COSTS.noGivenTold;
    } else if (role === MIDDLE) cost += told ? 0 : COSTS.missingMiddle;
  }
  return cost;
}

/** The price of typed words that the record does not have. */
export function extraCost(pairing: Pairing, told: boolean, result: NameScore): number {
  const { typed } = pairing;
  let cost = 0;
  result.extra = 0;
  result.typedNames = 0;
  for (let j = 0; j < pairing.typeds; j++) {
    const role = typed.roles[j];
    if (role !== OTHER && role !== PARTICLE) result.typedNames++;
    if (pairing.recordOf[j] !== FREE) continue;
    if (role === PARTICLE) cost += COSTS.missingParticle;
    else if (role === SURNAME) cost += told ? COSTS.extraSurnameTold : COSTS.missingLast;
    else if (role === GIVEN) cost += told ? COSTS.extraGivenTold : COSTS.missingFirst;
    else if (role === MIDDLE) cost += told ? COSTS.extraGivenTold : COSTS.missingMiddle;
    if (role !== OTHER) result.extra++;
  }
  return cost;
}
