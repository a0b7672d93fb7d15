import { type NameReading, readName } from '../names/name-reading.ts';
import { AA, AE, OE, spell, UE } from './letters.ts';
import { looseHash } from './loose-spelling.ts';
import { roughSkeletonOf, skeletonOf, soundOf } from './sound.ts';

/** One folded word. Words seen before are the same object, so that most comparisons are one of identity. */
export interface Token {
  /** As shown: a–z, digits, Nordic letters spelled out. */
  readonly text: string;
  /** Letters as codes of `letters.ts`; of a very long word only the beginning. */
  readonly codes: Uint16Array;
  readonly length: number;
  readonly hash: number;
  /** Has a letter with several spellings (æ, ø, å, ü). */
  readonly nordic: boolean;
  /** Equal for all spellings of one word with or without Nordic letters. */
  readonly loose: number;
  /** Equal for words that sound alike in Danish ears. */
  readonly sound: string;
  /** The consonants and where vowels stand between them. */
  readonly skeleton: string;
  /** The same with voiced and voiceless consonants as one. */
  readonly roughSkeleton: string;
  /** One bit for each letter that occurs. */
  readonly mask: number;
  readonly reading: NameReading;
}

/**
 * The words seen. A bounded cache and nothing more: when it is half full it starts anew, and two objects for
 * one word still compare equal by their hash and text.
 */
const SLOTS = 1 << 16;
let slots: (Token | undefined)[] = Array.from<Token | undefined>({ length: SLOTS });
let used = 0;

/** The token of the first `length` codes of `buffer`, which may hold fewer of a very long word. */
export function tokenOf(buffer: Uint16Array, length: number, hash: number): Token {
  if (length > buffer.length) return makeToken(buffer.slice(), length, hash);
  let slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
  for (;;) {
    const token = slots[slot];
    if (token === undefined) break;
    if (token.hash === hash && token.length === length && sameCodes(token.codes, buffer, length))
      return token;
    slot = (slot + 1) & (SLOTS - 1);
  }
  if (used >= SLOTS / 2) {
    slots = Array.from<Token | undefined>({ length: SLOTS });
    used = 0;
    slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
  }
  const token = makeToken(buffer.slice(0, length), length, hash);
  slots[slot] = token;
  used++;
  return token;
}

export function sameToken(a: Token, b: Token): boolean {
  return (
    a === b || (a.hash === b.hash && a.length === b.length && sameCodes(a.codes, b.codes, a.codes.length))
  );
}

function sameCodes(codes: Uint16Array, buffer: Uint16Array, length: number): boolean {
  for (let at = 0; at < length; at++) if (codes[at] !== buffer[at]) return false;
  return true;
}

function makeToken(codes: Uint16Array, length: number, hash: number): Token {
  let text = '';
  let mask = 0;
  let nordic = false;
  for (const code of codes) {
    text += spell(code);
    mask |= 1 << (code & 31);
    nordic ||= code === AE || code === OE || code === AA || code === UE;
  }
  const sound = soundOf(codes);
  const skeleton = skeletonOf(sound);
  return {
    text,
    codes,
    length,
    hash,
    nordic,
    loose: looseHash(codes),
    sound,
    skeleton,
    roughSkeleton: roughSkeletonOf(skeleton),
    mask,
    reading: readName(text),
  };
}
