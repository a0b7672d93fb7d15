import { Token } from './token.ts';

/**
 * The words seen: a bounded cache and nothing more. When it is full it starts anew, and two objects for one
 * word still compare equal by their letters. Letters and hashes lie in flat arrays beside the objects, so that
 * finding a word touches no object at all.
 */
const SLOTS = 1 << 17;
const MOST_WORDS = 1 << 16;
const MOST_LETTERS = MOST_WORDS * 12;
let tokens: (Token | undefined)[] = Array.from<Token | undefined>({ length: SLOTS });
const hashes = new Int32Array(SLOTS);
/** Where a slot's letters begin, plus one; 0 for an empty slot. */
const begins = new Int32Array(SLOTS);
const lengths = new Uint8Array(SLOTS);
const letters = new Uint16Array(MOST_LETTERS);
let words = 0;
let used = 0;

/** The token of the first `length` codes of `buffer`, which holds fewer of a very long word. */
export function tokenOf(buffer: Uint16Array, length: number, hash: number): Token {
  // The hash of a very long word covers all of it, its letters are kept to the buffer's length.
  if (length > buffer.length) return new Token(buffer.slice(), length, hash);
  let slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
  for (;;) {
    const begin = begins[slot] as number;
    if (begin === 0) break;
    if (hashes[slot] === hash && lengths[slot] === length && sameLetters(buffer, length, begin - 1))
      return tokens[slot] as Token;
    slot = (slot + 1) & (SLOTS - 1);
  }
  if (words >= MOST_WORDS || used + length > MOST_LETTERS) {
    forget();
    slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
  }
  const token = new Token(buffer.slice(0, length), length, hash);
  tokens[slot] = token;
  hashes[slot] = hash;
  lengths[slot] = length;
  begins[slot] = used + 1;
  for (let at = 0; at < length; at++) letters[used + at] = buffer[at] as number;
  used += length;
  words++;
  return token;
}

function sameLetters(buffer: Uint16Array, length: number, begin: number): boolean {
  for (let at = 0; at < length; at++) if (letters[begin + at] !== buffer[at]) return false;
  return true;
}

function forget(): void {
  tokens = Array.from<Token | undefined>({ length: SLOTS });
  begins.fill(0);
  words = 0;
  used = 0;
}
