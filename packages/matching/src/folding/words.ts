import { EXPANSIONS, foldOf } from './fold-table.ts';
import { BLANK, COMMA, DECOMPOSED, DROP, EXPANDS } from './letters.ts';
import { type Token, tokenOf } from './token.ts';

/** A text as words, in the order in which they stand. */
export interface Words {
  readonly tokens: Token[];
  /** How many words stand before the first comma; -1 without one. */
  comma: number;
  /** A word mixes scripts, or the words of the text do: letters of one script that pass for another's. */
  mixedScript: boolean;
}

const LATIN = 1;
const CYRILLIC = 2;
const GREEK = 4;

/** Words above this length are compared by their beginning only: no name is as long, and work stays bounded. */
const WORD_LIMIT = 64;
const buffer = new Uint16Array(WORD_LIMIT);

/**
 * Splits a text into folded words: case, accents, apostrophes and invisible characters are gone, and every
 * other mark separates. One pass over the text without allocation but for words never seen before.
 */
export function wordsOf(text: string): Words {
  const words: Words = { tokens: [], comma: -1, mixedScript: false };
  if (!scan(text, words)) {
    words.tokens.length = 0;
    words.comma = -1;
    words.mixedScript = false;
    scan(text.normalize('NFKC'), words, true);
  }
  return words;
}

/** False when the text needs normalising first. Once it has been, combining marks left over are dropped. */
function scan(text: string, words: Words, normalised = false): boolean {
  let length = 0;
  let hash = 0;
  let scripts = 0;
  let start = 0;
  let allScripts = 0;
  for (let at = 0; at <= text.length; at++) {
    const unit = at < text.length ? text.charCodeAt(at) : 0x20;
    const code = foldOf(unit);
    if (code !== BLANK && code !== COMMA) {
      if (code === DROP) continue;
      if (code === DECOMPOSED) {
        if (!normalised) return false;
        continue;
      }
      if (unit < 0x250 || (unit >= 0x1e00 && unit < 0x1f00)) scripts |= unit > 0x39 ? LATIN : 0;
      else if (unit >= 0x400 && unit < 0x530) scripts |= CYRILLIC;
      else if (unit >= 0x370 && unit < 0x400) scripts |= GREEK;
      if (code === EXPANDS) {
        for (const part of EXPANSIONS.get(unit) ?? []) {
          if (length < WORD_LIMIT) buffer[length] = part;
          length++;
          hash = Math.imul(hash ^ part, 0x9e3779b1);
          hash ^= hash >>> 15;
        }
        continue;
      }
      if (length < WORD_LIMIT) buffer[length] = code;
      length++;
      hash = Math.imul(hash ^ code, 0x9e3779b1);
      hash ^= hash >>> 15;
      continue;
    }
    if (length > 0) {
      if ((scripts & (scripts - 1)) !== 0) {
        words.mixedScript = true;
        words.tokens.push(unfoldedToken(text, start, at));
      } else words.tokens.push(tokenOf(buffer, length, hash));
      allScripts |= scripts;
      length = 0;
      hash = 0;
      scripts = 0;
    }
    start = at + 1;
    if (code === COMMA && words.comma < 0) words.comma = words.tokens.length;
  }
  if ((allScripts & (allScripts - 1)) !== 0) words.mixedScript = true;
  return true;
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
    hash = Math.imul(hash ^ code, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return tokenOf(buffer, length, hash);
}
