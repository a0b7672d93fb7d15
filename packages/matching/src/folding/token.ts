import { AA, AE, LETTER_Z, OE, spell, UE } from './letters.ts';
import { looseHash } from './loose-spelling.ts';
import { type NameKind, type NameReading, readName } from './name-reading.ts';
import { roughSkeletonOf, skeletonOf, soundOf } from './sound.ts';

/**
 * One folded word. Words seen before are the same object (see `seen-words.ts`), so that most comparisons are
 * one of identity, and what only unequal words need is worked out when it is first asked for.
 */
export class Token {
  // What most comparisons end with stands first, so that they touch one line of memory.
  readonly length: number;
  /** The first letter's code. */
  readonly first: number;
  /** One bit for each letter that occurs. */
  readonly mask: number;
  /** How many letters occur. */
  readonly distinct: number;
  readonly hash: number;
  /** Has a letter with several spellings (æ, ø, å, ü). */
  readonly nordic: boolean;
  /** Is in a table of short forms, abbreviations or variants. */
  readonly listed: boolean;
  readonly kind: NameKind;
  /** How common it is as a given name and as a surname, see `NameReading`. */
  readonly asGiven: number;
  readonly asSurname: number;
  /** Letters as codes of `letters.ts`; of a very long word only the beginning. */
  readonly codes: Uint16Array;
  /** As shown: a–z, digits, Nordic letters spelled out. */
  readonly text: string;
  readonly reading: NameReading;
  #loose: number | undefined;
  #sound: string | undefined;
  #soundHash = 0;
  #skeleton: string | undefined;
  #roughSkeleton: string | undefined;

  constructor(codes: Uint16Array, length: number, hash: number) {
    let mask = 0;
    let nordic = false;
    for (let at = 0; at < codes.length; at++) {
      const code = codes[at] as number;
      mask |= 1 << (code & 31);
      nordic ||= code === AE || code === OE || code === AA || code === UE;
    }
    const text = textOf(codes);
    const reading = readName(text);
    this.length = length;
    this.first = codes[0] ?? 0;
    this.mask = mask;
    this.distinct = bitsOf(mask);
    this.hash = hash;
    this.nordic = nordic;
    this.listed = reading.groups.length > 0 || reading.stems.length > 0 || reading.variant !== 0;
    this.kind = reading.kind;
    this.asGiven = reading.given;
    this.asSurname = reading.surname;
    this.codes = codes;
    this.text = text;
    this.reading = reading;
  }

  /** Equal for all spellings of one word with or without Nordic letters. */
  get loose(): number {
    return (this.#loose ??= looseHash(this.codes));
  }

  /** Equal for words that sound alike in Danish ears. */
  get sound(): string {
    if (this.#sound === undefined) this.#hear();
    return this.#sound ?? '';
  }

  get soundHash(): number {
    if (this.#sound === undefined) this.#hear();
    return this.#soundHash;
  }

  #hear(): void {
    const sound = soundOf(this.codes);
    let hash = 0;
    for (let at = 0; at < sound.length; at++)
      hash = (Math.imul(hash, 31) + sound.charCodeAt(at)) & 0x3fffffff;
    this.#sound = sound;
    this.#soundHash = hash;
  }

  /** The consonants and where vowels stand between them. */
  get skeleton(): string {
    return (this.#skeleton ??= skeletonOf(this.sound));
  }

  /** The same with voiced and voiceless consonants as one. */
  get roughSkeleton(): string {
    return (this.#roughSkeleton ??= roughSkeletonOf(this.skeleton));
  }
}

export function sameToken(a: Token, b: Token): boolean {
  return a === b || (a.hash === b.hash && a.length === b.length && a.text === b.text);
}

/** How many bits are set. */
export function bitsOf(mask: number): number {
  const pairs = mask - ((mask >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

const characters = new Uint16Array(64);

function textOf(codes: Uint16Array): string {
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] as number;
    if (code > LETTER_Z) return Array.from(codes, spell).join('');
    characters[at] = code + 96;
  }
  return String.fromCharCode.apply(null, characters.subarray(0, codes.length) as unknown as number[]);
}
