import type { Token } from '../folding/token.ts';
import { GIVEN, MIDDLE, OTHER, PARTICLE, type Role, SURNAME } from './name.ts';

/**
 * How much the words of a name count. A surname says a little more than a given name, further names say
 * less, and a rare name says more than a common one: half of Denmark shares twenty surnames.
 */
const WEIGHT = {
  given: 1,
  further: 0.5,
  surname: 1.3,
  surnameOfSeveral: 0.9,
  particle: 0.12,
};
/** A name that nobody else bears counts this much more than one of average frequency, Jensen as much less. */
const RARITY = 0.25;
const COMMONEST = 18;

export function weightsOf(tokens: readonly Token[], roles: readonly Role[]): number[] {
  let surnames = 0;
  for (const role of roles) if (role === SURNAME) surnames++;
  return tokens.map((token, at) => {
    const role = roles[at];
    if (role === OTHER) return 0;
    if (role === PARTICLE) return WEIGHT.particle;
    const { given, surname } = token.reading;
    const rarity = 1 + RARITY * (0.5 - (role === SURNAME ? surname : given) / COMMONEST);
    if (role === SURNAME) return (surnames > 1 ? WEIGHT.surnameOfSeveral : WEIGHT.surname) * rarity;
    return (role === MIDDLE || isFurther(roles, at) ? WEIGHT.further : WEIGHT.given) * rarity;
  });
}

/** A given name after the first. */
export function isFurther(roles: readonly Role[], at: number): boolean {
  for (let before = at - 1; before >= 0; before--) if (roles[before] === GIVEN) return true;
  return false;
}
