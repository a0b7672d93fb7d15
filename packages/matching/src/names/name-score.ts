import type { Token } from '../folding/token.ts';
import type { Pairing } from './align.ts';
import { CONFLICT, INITIAL, likenessOf, relationOf } from './likeness.ts';
import { GIVEN, MIDDLE, OTHER, type PreparedName, SURNAME } from './name.ts';

/** What a score is made of. */
export interface NameScore {
  similarity: number;
  /** Record middle name typed as surname. */
  middleAsSurname: boolean;
  swapped: boolean;
  surnameMissing: boolean;
  onlyInitial: boolean;
  onePart: boolean;
  suffixConflict: boolean;
  conflicts: number;
  extra: number;
}

export const COSTS = {
  weightGiven: 1,
  weightMiddle: 0.5,
  weightSurname: 1.3,
  weightSurnameOfSeveral: 0.9,
  weightParticle: 0.12,
  rarity: 0.25,
  initialCap: 0.872,
  onePartCap: 0.6,
  missingGivenTold: 0.08,
  missingSurnameTold: 0.2,
  extraMiddleTold: 0.06,
  extraSurnameTold: 0.16,
  missingFirst: 0.07,
  missingLast: 0.09,
  missingMiddle: 0.002,
  swappedTold: 0.2,
  swappedGuessed: 0.07,
  middleAsSurname: 0.2,
  suffix: 0.06,
};

export function weightOf(name: PreparedName, at: number): number {
  const token = name.tokens[at] as Token;
  const role = name.roles[at];
  if (role === OTHER) return 0;
  if (token.reading.kind === 'particle') return COSTS.weightParticle;
  const level = role === SURNAME ? token.reading.surname : token.reading.given;
  const rarity = 1 + COSTS.rarity * (0.5 - level / 18);
  if (role === SURNAME)
    return (severalSurnames(name) ? COSTS.weightSurnameOfSeveral : COSTS.weightSurname) * rarity;
  return (role === GIVEN && firstGiven(name, at) ? COSTS.weightGiven : COSTS.weightMiddle) * rarity;
}

function severalSurnames(name: PreparedName): boolean {
  let count = 0;
  for (let at = 0; at < name.roles.length; at++)
    if (name.roles[at] === SURNAME && name.tokens[at]?.reading.kind !== 'particle') count++;
  return count > 1;
}

function firstGiven(name: PreparedName, at: number): boolean {
  return at === 0 || name.roles[at - 1] !== GIVEN;
}

/** Scores a pairing. The rules stand in the order of the contract's table; see docs/matching.md. */
export function scoreNames(pairing: Pairing, result: NameScore): void {
  const { record, typed } = pairing;
  const told = record.told && typed.told;
  let sum = 0;
  let of = 0;
  let full = 0;
  let initials = 0;
  let conflicts = 0;
  let penalty = 0;
  let swaps = 0;
  let middleAsSurname = false;
  let surnameMatched = false;
  let givenFull = false;
  let recordNames = 0;
  let typedNames = 0;
  for (let i = 0; i < pairing.records; i++) {
    if (record.roles[i] === OTHER) continue;
    const plain = record.tokens[i]?.reading.kind !== 'particle';
    if (plain) recordNames++;
    const j = pairing.typedOf[i] as number;
    if (j < 0) continue;
    const weight = Math.max(weightOf(record, i), weightOf(typed, j));
    const inJoin = pairing.joins.length > 0 && isJoined(pairing, i);
    const packed = inJoin ? 990 : (pairing.packed[i] as number);
    const relation = inJoin ? 0 : relationOf(packed);
    const s = likenessOf(packed);
    of += weight;
    sum += weight * s;
    if (!plain) continue;
    if (relation === CONFLICT) {
      conflicts++;
      continue;
    }
    const a = record.roles[i];
    const b = typed.roles[j];
    if (relation === INITIAL) initials++;
    else {
      full++;
      if (a !== SURNAME && b !== SURNAME) givenFull = true;
    }
    if (a === SURNAME && b === SURNAME) surnameMatched = true;
    if ((a === SURNAME && b === GIVEN) || (a === GIVEN && b === SURNAME)) swaps++;
    if (a === MIDDLE && b === SURNAME) middleAsSurname = true;
  }
  let surnameMissing = false;
  let extra = 0;
  for (let i = 0; i < pairing.records; i++) {
    if (pairing.typedOf[i] !== -1 || record.roles[i] === OTHER) continue;
    if (record.tokens[i]?.reading.kind === 'particle') {
      penalty += 0.01;
      continue;
    }
    const role = record.roles[i];
    if (role === SURNAME) surnameMissing = true;
    if (told)
      penalty +=
        role === SURNAME
          ? COSTS.missingSurnameTold
          : role === GIVEN
            ? firstGiven(record, i)
              ? COSTS.missingGivenTold
              : 0.03
            : 0;
    else
      penalty +=
        role === SURNAME ? COSTS.missingLast : role === GIVEN ? COSTS.missingFirst : COSTS.missingMiddle;
  }
  for (let j = 0; j < pairing.typeds; j++) {
    if (typed.roles[j] === OTHER) continue;
    const plain = typed.tokens[j]?.reading.kind !== 'particle';
    if (plain) typedNames++;
    if (pairing.recordOf[j] !== -1) continue;
    if (!plain) {
      penalty += 0.01;
      continue;
    }
    extra++;
    const role = typed.roles[j];
    if (told) penalty += role === SURNAME ? COSTS.extraSurnameTold : COSTS.extraMiddleTold;
    else
      penalty +=
        role === SURNAME ? COSTS.missingLast : role === GIVEN ? COSTS.missingFirst : COSTS.missingMiddle;
  }
  let similarity = of > 0 ? sum / of : 0;
  if (told && middleAsSurname && !surnameMatched) {
    penalty = Math.max(COSTS.middleAsSurname, Math.min(penalty, 0.25));
  } else middleAsSurname = false;
  const swapped = swaps > 0 && !surnameMatched;
  if (swapped) penalty += told ? COSTS.swappedTold : swaps > 1 ? COSTS.swappedGuessed : 0.02;
  similarity *= 1 - Math.min(penalty, 0.5);

  const onlyInitial = full > 0 && initials > 0 && (full === 1 || (told && !givenFull));
  const onePart = full + initials === 1 && (recordNames > 1 || typedNames > 1);
  if (onlyInitial) similarity = Math.min(similarity, COSTS.initialCap);
  if (onePart) similarity = Math.min(similarity, COSTS.onePartCap);
  if (full === 0) similarity = Math.min(similarity, 0.45);
  const suffixConflict = suffixOf(record) !== suffixOf(typed);
  if (suffixConflict) similarity -= suffixOf(record) !== '' && suffixOf(typed) !== '' ? COSTS.suffix : 0.001;

  result.similarity = similarity < 0 ? 0 : similarity;
  result.middleAsSurname = middleAsSurname;
  result.swapped = swapped;
  result.surnameMissing = surnameMissing;
  result.onlyInitial = onlyInitial;
  result.onePart = onePart;
  result.suffixConflict = suffixConflict;
  result.conflicts = conflicts;
  result.extra = extra;
}

function isJoined(pairing: Pairing, i: number): boolean {
  for (const join of pairing.joins) if (i >= join.record && i < join.recordEnd) return true;
  return false;
}

function suffixOf(name: PreparedName): string {
  for (let at = name.tokens.length - 1; at >= 0; at--)
    if (name.roles[at] === OTHER) {
      const { suffix } = (name.tokens[at] as Token).reading;
      if (suffix !== '') return suffix;
    }
  return '';
}
