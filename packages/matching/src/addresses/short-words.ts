import { ROAD_CONTRACTIONS } from '../data/road-words.ts';
import type { Road } from './road.ts';

const VOWEL_ENDINGS = 'aeiouy';

/**
 * Is every word of a short road name the word of the long one in its place, or an abbreviation of it? This is
 * how people shorten, whatever the length: `Skt. Hans Torv`, `Gl. Kongevej`, `H.C. Andersens Blvd.`
 */
export function isAbbreviatedByWord(long: Road, short: Road): boolean {
  if (long.words.length !== short.words.length || long.words.length < 2) return false;
  let whole = 0;
  for (let at = 0; at < long.words.length; at++) {
    const word = long.words[at] as string;
    const cut = short.words[at] as string;
    if (word === cut) whole++;
    else if (!abbreviates(cut, word)) return false;
  }
  return whole > 0;
}

/** `chr` for Christian, `b` for Bertel, `skt` for Sankt; an abbreviation ends before a vowel. */
function abbreviates(cut: string, word: string): boolean {
  if (ROAD_CONTRACTIONS[word]?.includes(cut) === true) return true;
  if (cut.length >= word.length || !word.startsWith(cut)) return false;
  return cut.length === 1 || !VOWEL_ENDINGS.includes(cut.charAt(cut.length - 1));
}
