/**
 * The prices of the rules, in shares of the score. Which band of scores a case belongs to is a decision, the table in
 * docs/matching.md; a price puts the case there, and the bands' test holds it. Within its band a price was chosen on
 * labelled pairs, and matters little: the page says how little.
 */
export const COSTS = {
  /** What a contradiction leaves of the likeness of its words: strangers with near names rank above those without. */
  conflictCredit: 0.3,
  /** Least weights of a contradiction, in thousandths: two different middle names fall from a match to a look (70–84). */
  conflictMiddle: 800,
  conflictInitial: 650,
  conflictParticle: 600,
  /** The given name by its initial only: 85–89, the least that matches. */
  initialCap: 0.875,
  /** A surname's initial tells next to nothing: below 85, whatever else fits. */
  surnameInitialCap: 0.7,
  /** Nothing fits in full: below 50. */
  noNameCap: 0.45,
  /** One of given name and surname fits, the other does not: 50–69, higher where the other is near. */
  onePart: 0.5,
  onePartNear: 0.13,
  onePartShare: 0.06,
  /** One name alone, without a contradiction: a mononym, or half of the name left out. */
  oneName: 0.6,
  /** Two slips and no word that is exact: more often another person than the same one typed badly. */
  allInexact: 0.92,
  /** The first given name dropped for a second one: still a match; for none: not. */
  missingGivenTold: 0.12,
  noGivenTold: 0.2,
  /** A dropped second given name: 90–99. */
  missingFurtherTold: 0.02,
  /** Half of a double surname, or one more than the register has: 70–84. */
  missingSurnameTold: 0.2,
  extraSurnameTold: 0.16,
  /** One more given or middle name than the register has: 90–99. */
  extraGivenTold: 0.06,
  /** Where roles are guessed a missing word is cheaper: it may have been a middle name, which costs nothing. */
  missingFirst: 0.07,
  missingLast: 0.09,
  missingMiddle: 0.004,
  /** `von` is left out as often as not. */
  missingParticle: 0.01,
  /** Each side has a word that the other lacks: more often two persons than one with two omissions. */
  bothMissing: 0.1,
  /** Given name and surname swapped: 70–84; in one line, where nobody said which is which, still a match. */
  swappedTold: 0.2,
  swappedGuessed: 0.06,
  /** The middle name as surname: 70–84. */
  middleAsSurname: 0.21,
  /** Words in another order, none of them in a wrong place. */
  inverted: 0.02,
  /** A suffix is no part of the name: missing it costs what keeps the score from 100, another one 90–99. */
  suffixMissing: 0.002,
  suffixOther: 0.06,
  /** What is missing or added takes at most half: ceilings decide below that. */
  most: 0.5,
};
