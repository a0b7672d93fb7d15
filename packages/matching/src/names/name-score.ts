import { FREE, type Pairing } from './align.ts';
import { COSTS } from './costs.ts';
import { extraCost, missingCost } from './left-over.ts';
import { CONFLICT, EQUAL, FOLDED, INITIAL, likenessOf, relationOf } from './likeness.ts';
import { GIVEN, MIDDLE, OTHER, PARTICLE, type PreparedName, SURNAME } from './name.ts';
import { type NameScore, STRANGERS } from './name-findings.ts';
import { isMiddleAsSurname } from './roles.ts';

/** Scores a pairing into `result`, unless the names have nothing in common. */
export function scoreNames(pairing: Pairing, result: NameScore): NameScore {
  if (!pairing.related) return STRANGERS;
  const { record, typed } = pairing;
  const told = record.told && typed.told;
  let sum = 0;
  let of = 0;
  let full = 0;
  let exact = 0;
  let inexact = 0;
  let initials = 0;
  let surnameInitial = false;
  let conflicts = 0;
  let nearest = 0;
  let clear = 0;
  let swaps = 0;
  let middleAsSurname = false;
  let surnameMatched = false;
  let givenMatched = false;
  let latest = FREE;
  let inverted = false;
  let givenFull = false;
  let records = 0;
  for (let i = 0; i < pairing.records; i++) {
    const a = record.roles[i];
    if (a === OTHER) continue;
    if (a !== PARTICLE) records++;
    const j = pairing.typedOf[i] as number;
    if (j === FREE) continue;
    const b = typed.roles[j];
    const packed = pairing.packed[i] as number;
    const relation = relationOf(packed);
    const like = likenessOf(packed);
    const own = record.weights[i] as number;
    const other = typed.weights[j] as number;
    let weight = told || own > other ? own : other;
    if (relation === CONFLICT) {
      conflicts++;
      if (like > nearest && a !== MIDDLE && b !== MIDDLE) nearest = like;
      if (a === PARTICLE && b === PARTICLE) conflicts--;
      else if (a === PARTICLE || b === PARTICLE) weight = COSTS.conflictParticle;
      else if (isInitial(record, i) || isInitial(typed, j)) weight = COSTS.conflictInitial;
      else if (weight < COSTS.conflictMiddle) weight = COSTS.conflictMiddle;
      of += weight;
      sum += weight * like * COSTS.conflictCredit;
      continue;
    }
    of += weight;
    sum += weight * like;
    if (a === PARTICLE || b === PARTICLE) continue;
    if (relation === INITIAL) {
      initials++;
      if (a === SURNAME) surnameInitial = true;
    } else if (!isInitial(record, i)) {
      full++;
      if (relation === EQUAL || relation === FOLDED) exact++;
      else inexact++;
      if (a !== SURNAME && b !== SURNAME) givenFull = true;
      // Told apart, a middle name alone is not yet a part of the name that fits.
      if (!told || (a !== MIDDLE && b !== MIDDLE)) {
        if (like > clear) clear = like;
      }
    } else initials++;
    if (a === SURNAME && b === SURNAME) surnameMatched = true;
    if (a === GIVEN) givenMatched = true;
    if (j < latest) inverted = true;
    else latest = j;
    if (isMiddleAsSurname(pairing, i, j)) middleAsSurname = true;
    else if ((a === SURNAME && b === GIVEN) || (a === GIVEN && b === SURNAME)) swaps++;
  }
  for (const join of pairing.joins) {
    const more = join.typedEnd - join.typed - (join.recordEnd - join.record);
    if (more > 0) {
      full += more;
      exact += more;
    }
  }

  const missing = missingCost(pairing, told, givenMatched, result);
  const extra = extraCost(pairing, told, result);
  let penalty = missing + extra + (missing > 0.01 && extra > 0.01 ? COSTS.bothMissing : 0);
  middleAsSurname &&= !surnameMatched;
  if (middleAsSurname) penalty = Math.max(COSTS.middleAsSurname, Math.min(penalty, 0.28));
  const swapped = swaps > 0 && !surnameMatched;
  if (swapped) penalty += told ? COSTS.swappedTold : swaps > 1 ? COSTS.swappedGuessed : 0.02;
  if (inverted && !swapped) penalty += COSTS.inverted;
  const inexactness = exact === 0 && inexact > 1 ? COSTS.allInexact : 1;
  let similarity = of > 0 ? (sum / of) * (1 - Math.min(penalty, COSTS.most)) * inexactness : 0;

  const others = Math.max(records, result.typedNames);
  const onePart = full + initials <= 1 && others > 1;
  const onlyInitial = !onePart && initials > 0 && (full === 1 || (told && !givenFull));
  if (onlyInitial) {
    const known = exact > 0 ? 1 : similarity;
    similarity = Math.min(similarity, (surnameInitial ? COSTS.surnameInitialCap : COSTS.initialCap) * known);
  }
  if (onePart && conflicts === 0) similarity = Math.min(similarity, COSTS.oneName);
  if (full > 0) {
    // One part that fits clearly holds the score up, whatever the others are; alone it also holds it down.
    const share = of > 0 ? sum / of : 0;
    const near = told && givenFull && surnameMatched ? 1 : nearest;
    const part = (COSTS.onePart + COSTS.onePartNear * near + COSTS.onePartShare * share) * clear;
    if (clear === 0) similarity = Math.min(similarity, COSTS.noNameCap);
    else if (similarity < part || (onePart && conflicts > 0)) similarity = part;
  }
  if (full === 0) similarity = Math.min(similarity, COSTS.noNameCap);
  const suffixConflict = record.suffix !== typed.suffix;
  if (suffixConflict)
    similarity -= record.suffix !== '' && typed.suffix !== '' ? COSTS.suffixOther : COSTS.suffixMissing;

  if (isEqual(pairing) && !inverted && swaps === 0) similarity = 1;
  result.similarity = similarity > 0 ? similarity : 0;
  result.middleAsSurname = middleAsSurname;
  result.swapped = swapped;
  result.onlyInitial = onlyInitial;
  result.onePart = onePart;
  result.suffixConflict = suffixConflict;
  result.conflicts = conflicts;
  return result;
}

/** Every word of either side has its equal. */
function isEqual(pairing: Pairing): boolean {
  const { length } = pairing.record.tokens;
  return (
    length > 0 &&
    pairing.unequal === 0 &&
    length === pairing.records &&
    length === pairing.typed.tokens.length
  );
}

function isInitial(name: PreparedName, at: number): boolean {
  return name.tokens[at]?.length === 1;
}
