import { slipsBetween } from '../folding/slips.ts';
import { bitsOf } from '../folding/token.ts';
import type { Road } from './road.ts';
import { cutCost } from './short-form.ts';
import { isAbbreviatedByWord } from './short-words.ts';

/** The longest official form of a road name (vejadresseringsnavn). */
const OFFICIAL_LENGTH = 20;

export type RoadRelation = 'equal' | 'folded' | 'soundAlike' | 'spelling' | 'abbreviation' | 'conflict';

export interface RoadLikeness {
  readonly similarity: number;
  readonly relation: RoadRelation;
}

const EQUAL: RoadLikeness = { similarity: 1, relation: 'equal' };
const FOLDED: RoadLikeness = { similarity: 1, relation: 'folded' };
const NONE: RoadLikeness = { similarity: 0, relation: 'conflict' };

/** How well two road names fit, whichever of them is the short form. */
export function roadLikeness(a: Road, b: Road): RoadLikeness {
  if (a.text === b.text) return EQUAL;
  if (a.key === b.key) return FOLDED;
  if (a.letters.length === 0 || b.letters.length === 0) return NONE;
  const [long, short] = a.letters.length >= b.letters.length ? [a, b] : [b, a];
  if (isAbbreviatedByWord(long, short)) return { similarity: 0.97, relation: 'abbreviation' };
  const cut = cutSimilarity(long, short);
  const spelled = spelledAlike(a, b);
  if (spelled > cut) return { similarity: spelled, relation: spelled > 0.85 ? 'soundAlike' : 'spelling' };
  return { similarity: cut, relation: cut >= 0.6 ? 'abbreviation' : 'conflict' };
}

function spelledAlike(a: Road, b: Road): number {
  if (isDefiniteForm(a.text, b.text) || isDefiniteForm(b.text, a.text)) return 0.82;
  const shorter = Math.min(a.letters.length, b.letters.length);
  const slips = slipsBetween(a.letters, b.letters);
  if (a.sound === b.sound) return 0.88;
  if (slips === 1 && shorter >= 5)
    return changesName(a, b) ? 0.55 : a.letters[0] === b.letters[0] ? 0.82 : 0.74;
  if (slips === 2 && shorter >= 8) return 0.7;
  return 0;
}

/** Strandvejen and Strandvej, Hovedgaden and Hovedgade: the article is the word most often forgotten. */
function isDefiniteForm(definite: string, plain: string): boolean {
  return definite === `${plain}en` || (plain.endsWith('e') && definite === `${plain}n`);
}

/** One letter tells two roads apart where it is a word or a digit of its own: Cirklen F and Cirklen G, Afd. 3 and 4. */
function changesName(a: Road, b: Road): boolean {
  if (a.words.length !== b.words.length) return false;
  for (let at = 0; at < a.words.length; at++) {
    const x = a.words[at] as string;
    const y = b.words[at] as string;
    if (x !== y && (x.length === 1 || y.length === 1 || hasDigit(x) || hasDigit(y))) return true;
  }
  return false;
}

function hasDigit(word: string): boolean {
  for (let at = 0; at < word.length; at++) if (word.charCodeAt(at) < 58) return true;
  return false;
}

/**
 * The official short form has at most 20 letters and stands for a longer name: only then may words be cut
 * anywhere. Whoever cuts officially keeps what has room, so a very short form is less likely to be one.
 */
function cutSimilarity(long: Road, short: Road): number {
  if (long.written <= OFFICIAL_LENGTH) return 0;
  // Each letter that the long name lacks costs as much as a wrong one: with four of them nothing is left.
  if (bitsOf(short.mask & ~long.mask) > 3) return 0;
  const cost = cutCost(long, short);
  if (cost > 12) return 0;
  let similarity = 1 - cost * 0.06;
  if (short.written > OFFICIAL_LENGTH) similarity -= 0.05;
  if (short.written < 17) similarity -= (17 - short.written) * 0.012;
  return similarity > 0 ? similarity : 0;
}
