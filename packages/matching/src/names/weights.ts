import type { Token } from '../folding/token.ts';
import { GIVEN, MIDDLE, OTHER, PARTICLE, type Role, SURNAME } from './name.ts';

/**
 * How much the words of a name count. A surname says a little more than a given name, further names say
 * less, and a rare name says more than a common one: half of Denmark shares twenty surnames.
 */
const WEIGHT = {
  given: 1000,
  further: 500,
  surname: 1300,
  surnameOfSeveral: 900,
  particle: 120,
};
/** A name that nobody else bears counts an eighth more than one of average frequency, Jensen an eighth less. */
const RARITY = 7;
const COMMONEST = 18;

const scratch: number[] = [];

/** Weights of the words of a name, in thousandths. */
export function weightsOf(tokens: readonly Token[], roles: readonly Role[]): number[] {
  let surnames = 0;
  for (let at = 0; at < roles.length; at++) if (roles[at] === SURNAME) surnames++;
  let count = 0;
  let given = false;
  for (let at = 0; at < tokens.length; at++) {
    const role = roles[at];
    const token = tokens[at] as Token;
    if (role === OTHER) scratch[count++] = 0;
    else if (role === PARTICLE) scratch[count++] = WEIGHT.particle;
    else if (role === SURNAME)
      scratch[count++] = rare(surnames > 1 ? WEIGHT.surnameOfSeveral : WEIGHT.surname, token.asSurname);
    else scratch[count++] = rare(role === MIDDLE || given ? WEIGHT.further : WEIGHT.given, token.asGiven);
    given ||= role === GIVEN;
  }
  return scratch.slice(0, count);
}

function rare(weight: number, level: number): number {
  return ((weight * (1000 + RARITY * (COMMONEST - 2 * level))) / 1000) | 0;
}
