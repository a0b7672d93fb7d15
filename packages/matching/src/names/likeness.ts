import type { Relation } from '../comparison.ts';
import { jaroWinkler } from '../folding/jaro-winkler.ts';
import { AA, AE, OE, UE } from '../folding/letters.ts';
import { sameLoosely } from '../folding/loose-spelling.ts';
import { slipsBetween, TOO_MANY } from '../folding/slips.ts';
import { bitsOf, sameToken, type Token } from '../folding/token.ts';

/**
 * How two words of a name relate, packed into one number so that the inner loop allocates nothing: the
 * relation's place in `RELATIONS` times 1024, plus the likeness in thousandths.
 */
export const RELATIONS: readonly Relation[] = [
  'equal',
  'folded',
  'initial',
  'nickname',
  'soundAlike',
  'spelling',
  'abbreviation',
  'conflict',
];
export const EQUAL = 0;
export const FOLDED = 1;
export const INITIAL = 2;
export const NICKNAME = 3;
const SOUND_ALIKE = 4;
const SPELLING = 5;
export const ABBREVIATION = 6;
export const CONFLICT = 7;

const pack = (relation: number, likeness: number) => relation * 1024 + likeness;
export const relationOf = (packed: number) => packed >> 10;
export const likenessOf = (packed: number) => (packed & 1023) / 1000;

/** From here a name is common: about 500 bearers. A slip that turns one such name into another is a conflict. */
const COMMON = 9;
const E_CODE = 5;
const A_CODE = 1;

/**
 * The packed likeness of two words. `danish` keeps common names apart that other countries take for
 * spellings of one (Marie and Maria are often sisters); `given` says that a short form of the word may do.
 */
export function likeness(a: Token, b: Token, danish: boolean, given: boolean): number {
  return sameToken(a, b) ? pack(EQUAL, 1000) : unequalLikeness(a, b, danish, given);
}

/** The likeness of two words known to differ. */
export function unequalLikeness(a: Token, b: Token, danish: boolean, given: boolean): number {
  if ((a.nordic || b.nordic) && a.loose === b.loose && sameLoosely(a.codes, b.codes))
    return pack(FOLDED, 1000);
  if (a.length === 1 || b.length === 1) return sameFirst(a, b) ? pack(INITIAL, 880) : pack(CONFLICT, 0);
  const siblings = a.listed || b.listed ? listed(a, b, given) : 0;
  // In Denmark Anna and Anne are two persons, whatever short forms are elsewhere.
  if (siblings > SIBLINGS && !(danish && relationOf(siblings) === NICKNAME && isOtherCommonName(a, b)))
    return siblings;
  // Words that share less than half of the shorter one's letters are no spelling or sound of one another.
  const fewest = a.distinct < b.distinct ? a.distinct : b.distinct;
  if (siblings === 0 && bitsOf(a.mask & b.mask) * 2 < fewest) return pack(CONFLICT, 0);
  return spelling(a, b, danish, given, siblings === SIBLINGS);
}

function isOtherCommonName(a: Token, b: Token): boolean {
  return common(a) && common(b) && a.soundHash !== b.soundHash && slipsBetween(a.codes, b.codes) === 1;
}

/** Two short forms of one name: weaker than what follows from the letters, where anything does. */
const SIBLINGS = 1;

/** What the tables say of two words: a packed likeness, `SIBLINGS`, or 0. */
function listed(a: Token, b: Token, given: boolean): number {
  const x = a.reading;
  const y = b.reading;
  if (abbreviates(a, b) || abbreviates(b, a)) return pack(ABBREVIATION, 920);
  if (x.variant !== 0 && x.variant === y.variant) return pack(SOUND_ALIKE, 950);
  const nick = given ? nicknames(x.groups, y.groups) : 0;
  return nick === 2 ? pack(NICKNAME, 930) : nick;
}

function spelling(a: Token, b: Token, danish: boolean, given: boolean, siblings: boolean): number {
  const shorter = a.length < b.length ? a.length : b.length;
  const longer = a.length < b.length ? b.length : a.length;
  if (a.soundHash === b.soundHash && a.sound === b.sound) return pack(SOUND_ALIKE, shorter > 3 ? 960 : 850);
  const sameStart = sameFirst(a, b);
  const bothCommon = common(a) && common(b);
  // One slip changes at most two of the letters that occur.
  const far = longer - shorter > 2 || bitsOf(a.mask ^ b.mask) > 4;
  const slips = far ? TOO_MANY : slipsBetween(a.codes, b.codes);
  if (slips === 1 && shorter >= 3) {
    if (bothCommon || (shorter > 4 && endsInOtherSon(a, b))) {
      if (!danish && given && endsInOtherVowel(a, b)) return pack(SPELLING, 800);
      return pack(CONFLICT, shorter >= 6 ? 620 : 500);
    }
    if (longer >= 7) return pack(SPELLING, sameStart ? 920 : 850);
    if (longer >= 5) return pack(SPELLING, sameStart ? 850 : 700);
    return longer >= 4 && sameStart ? pack(SPELLING, 680) : pack(CONFLICT, 480);
  }
  if (sameStart && a.skeleton.length >= 5 && a.skeleton === b.skeleton && !(bothCommon && danish))
    return pack(SOUND_ALIKE, bothCommon ? 600 : 840);
  if (siblings) return pack(NICKNAME, 720);
  if (slips === 2 && longer >= 7 && !bothCommon) return pack(SPELLING, sameStart ? 790 : 640);
  if (!danish) {
    if (!bothCommon && a.roughSkeleton.length >= 4 && a.roughSkeleton === b.roughSkeleton)
      return pack(SOUND_ALIKE, 720);
    if (isLatinOf(a, b) || isLatinOf(b, a)) return pack(SOUND_ALIKE, 850);
  }
  if (given) {
    if (sameStart && startsWith(a, b, shorter) && (shorter >= 3 || !danish))
      return pack(NICKNAME, shorter >= 4 ? 860 : shorter === 3 ? 760 : 660);
    if (shorter >= 4 && shorter * 2 >= longer && endsWith(a, b, shorter)) return pack(NICKNAME, 720);
  }
  return pack(CONFLICT, 0);
}

/** How near two contradicting words are, packed: it only ranks names that do not match. */
export function nearness(a: Token, b: Token): number {
  const most = a.distinct > b.distinct ? a.distinct : b.distinct;
  if (bitsOf(a.mask & b.mask) * 2 < most) return pack(CONFLICT, 0);
  const alike = jaroWinkler(a.codes, b.codes);
  return pack(CONFLICT, alike > 0.7 ? Math.round((alike - 0.7) * 1500) : 0);
}

function common(token: Token): boolean {
  return token.asGiven >= COMMON || token.asSurname >= COMMON;
}

/** Sabine and Sabina, Anna and Anne: one name in two languages. */
function endsInOtherVowel(a: Token, b: Token): boolean {
  if (a.length !== b.length) return false;
  const x = a.codes[a.length - 1];
  const y = b.codes[b.length - 1];
  return (x === A_CODE && y === E_CODE) || (x === E_CODE && y === A_CODE);
}

/** Johansen and Johanson: sons of one father's name in two countries, and so two families. */
function endsInOtherSon(a: Token, b: Token): boolean {
  return (
    (a.text.endsWith('sen') && b.text.endsWith('son')) || (a.text.endsWith('son') && b.text.endsWith('sen'))
  );
}

/** Conradus is Konrad in Latin. */
function isLatinOf(latin: Token, name: Token): boolean {
  return latin.text.endsWith('us') && name.length > 3 && latin.sound === `${name.sound}us`;
}

/** First letters agree, æ with a, ø with o and so on, because initials are typed on any keyboard. */
function sameFirst(a: Token, b: Token): boolean {
  const x = a.first;
  const y = b.first;
  return x === y || plain(x) === plain(y);
}

function plain(code: number): number {
  if (code === AE || code === AA) return 1;
  if (code === OE) return 15;
  return code === UE ? 21 : code;
}

function abbreviates(short: Token, long: Token): boolean {
  for (const stem of short.reading.stems) if (long.text.startsWith(stem)) return true;
  return false;
}

/** 2 when one is a short form of the other, 1 when both are short forms of a third, 0 else. Never chained. */
function nicknames(a: readonly number[], b: readonly number[]): number {
  let best = 0;
  for (const x of a)
    for (const y of b) {
      if ((x ^ y) === 1) return 2;
      if (x === y && (x & 1) === 0) best = 1;
    }
  return best;
}

function startsWith(a: Token, b: Token, letters: number): boolean {
  for (let at = 0; at < letters; at++) if (a.codes[at] !== b.codes[at]) return false;
  return true;
}

/** Grethe of Margrethe, Bastian of Sebastian. */
function endsWith(a: Token, b: Token, letters: number): boolean {
  for (let back = 1; back <= letters; back++)
    if (a.codes[a.length - back] !== b.codes[b.length - back]) return false;
  return true;
}
