import { Token } from './token.ts';

/**
 * The words seen: a bounded cache and nothing more. When it is full it starts anew, and two objects for one
 * word still compare equal by their letters. Letters and hashes lie in flat arrays beside the objects, so that
 * finding a word touches no object at all.
 */
const SLOTS = 1 << 16;
const MOST_WORDS = 48_000;
const MOST_LETTERS = MOST_WORDS * 12;
let tokens: (Token | undefined)[] = Array.from<Token | undefined>({ length: SLOTS });
/** Two numbers for each slot: the hash, and where its letters begin with their count in the low seven bits; 0 when free. */
const entries = new Int32Array(SLOTS * 2);
const LENGTH_BITS = 7;
const LENGTH = (1 << LENGTH_BITS) - 1;
const letters = new Uint16Array(MOST_LETTERS);
let words = 0;
let used = 0;

/** The token of the first `length` codes of `buffer`, which holds fewer of a very long word. */
export function tokenOf(buffer: Uint16Array, length: number, hash: number): Token {
  // The hash of a very long word covers all of it, its letters are kept to the buffer's length.
  if (length > buffer.length) return new Token(buffer.slice(), length, hash);
  let slot = firstSlot(hash);
  for (;;) {
    const entry = entries[slot * 2 + 1] as number;
    if (entry === 0) break;
    if (
      entries[slot * 2] === hash &&
      (entry & LENGTH) === length &&
      sameLetters(buffer, length, entry >> LENGTH_BITS)
    )
      return tokens[slot] as Token;
    slot = (slot + 1) & (SLOTS - 1);
  }
  if (words >= MOST_WORDS || used + length > MOST_LETTERS) {
    forget();
    slot = firstSlot(hash);
  }
  const token = new Token(buffer.slice(0, length), length, hash);
  tokens[slot] = token;
  entries[slot * 2] = hash;
  entries[slot * 2 + 1] = (used << LENGTH_BITS) | length;
  for (let at = 0; at < length; at++) letters[used + at] = buffer[at] as number;
  used += length;
  words++;
  return token;
}

function firstSlot(hash: number): number {
  return (hash ^ (hash >>> 15)) & (SLOTS - 1);
}

function sameLetters(buffer: Uint16Array, length: number, begin: number): boolean {
  for (let at = 0; at < length; at++) if (letters[begin + at] !== buffer[at]) return false;
  return true;
}

function forget(): void {
  tokens = Array.from<Token | undefined>({ length: SLOTS });
  entries.fill(0);
  words = 0;
  used = 0;
}
