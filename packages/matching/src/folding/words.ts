import { composed } from './composed.ts';
import { EXPANSIONS, foldOf } from './fold-table.ts';
import { BLANK, COMMA, DECOMPOSED, DIGIT_0, DIGIT_9, DROP, EXPANDS } from './letters.ts';
import { tokenOf } from './seen-words.ts';
import type { Token } from './token.ts';

/** A text as words, in the order in which they stand. */
export interface Words {
  tokens: readonly Token[];
  /** How many words stand before the first comma; -1 without one. */
  comma: number;
  /** A word mixes scripts, or the words of the text do: letters of one script that pass for another's. */
  mixedScript: boolean;
}

const LATIN = 1;
const CYRILLIC = 2;
const GREEK = 4;
const ELSE = 8;

/** Words above this length are compared by their beginning only: no name is as long, and work stays bounded. */
const WORD_LIMIT = 64;
const buffer = new Uint16Array(WORD_LIMIT);
const SPREAD = 0x9e3779b1;

/**
 * Splits a text into folded words: case, accents, apostrophes and invisible characters are gone, and every
 * other mark separates. One pass over the text without allocation but for words never seen before.
 */
export function wordsOf(text: string): Words {
  const words: Words = { tokens: NO_TOKENS, comma: -1, mixedScript: false };
  if (!scan(text, words, false)) {
    words.comma = -1;
    words.mixedScript = false;
    scan(composed(text), words, true);
  }
  return words;
}

const NO_TOKENS: readonly Token[] = [];
/** Collects the words of one text: copying them once is cheaper than letting an array grow. */
const found: Token[] = [];

/** False when the text needs normalising first. Once it has been, combining marks left over are dropped. */
function scan(text: string, words: Words, normalised: boolean): boolean {
  let length = 0;
  let hash = 0;
  let scripts = 0;
  let allScripts = 0;
  let start = 0;
  let count = 0;
  const end = text.length;
  for (let at = 0; at <= end; at++) {
    const unit = at < end ? text.charCodeAt(at) : 0x20;
    const code = foldOf(unit);
    if (code > BLANK && code <= DIGIT_9) {
      if (code < DIGIT_0) scripts |= LATIN;
      if (length < WORD_LIMIT) buffer[length] = code;
      length++;
      hash = Math.imul(hash ^ code, SPREAD);
      hash ^= hash >>> 15;
    } else if (code === BLANK || code === COMMA) {
      if (length > 0) {
        if ((scripts & (scripts - 1)) === 0) found[count++] = tokenOf(buffer, length, hash);
        else {
          words.mixedScript = true;
          found[count++] = unfoldedToken(text, start, at);
        }
        allScripts |= scripts;
        length = 0;
        hash = 0;
        scripts = 0;
      }
      start = at + 1;
      if (code === COMMA && words.comma < 0) words.comma = count;
    } else if (code === DECOMPOSED) {
      if (!normalised) return false;
    } else if (code !== DROP) {
      scripts |= scriptOf(unit);
      const parts = code === EXPANDS ? EXPANSIONS.get(unit) : undefined;
      const count = parts === undefined ? 1 : parts.length;
      for (let part = 0; part < count; part++) {
        const one = parts === undefined ? code : (parts[part] as number);
        if (length < WORD_LIMIT) buffer[length] = one;
        length++;
        hash = Math.imul(hash ^ one, SPREAD);
        hash ^= hash >>> 15;
      }
    }
  }
  if ((allScripts & (allScripts - 1)) !== 0) words.mixedScript = true;
  words.tokens = found.slice(0, count);
  return true;
}

function scriptOf(unit: number): number {
  if (unit < 0x370 || (unit >= 0x1e00 && unit < 0x1f00)) return LATIN;
  if (unit < 0x400 || (unit >= 0x1f00 && unit < 0x2000)) return GREEK;
  return unit < 0x530 ? CYRILLIC : ELSE;
}

/** A word of several scripts keeps its foreign letters as they are, so that it equals no word it imitates. */
function unfoldedToken(text: string, start: number, end: number): Token {
  let length = 0;
  let hash = 0;
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    const folded = foldOf(unit);
    if (folded === DROP || folded === DECOMPOSED) continue;
    const code = unit < 0x250 && folded !== EXPANDS ? folded : unit;
    if (length < WORD_LIMIT) buffer[length] = code;
    length++;
    hash = Math.imul(hash ^ code, SPREAD);
    hash ^= hash >>> 15;
  }
  return tokenOf(buffer, length, hash);
}
