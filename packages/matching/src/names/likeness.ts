import type { Relation } from '../comparison.ts';
import { jaroWinkler } from '../folding/jaro-winkler.ts';
import { AA, AE, OE, UE } from '../folding/letters.ts';
import { sameLoosely } from '../folding/loose-spelling.ts';
import { slipsBetween } from '../folding/slips.ts';
import { sameToken, type Token } from '../folding/token.ts';

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
export const SOUND_ALIKE = 4;
export const SPELLING = 5;
export const ABBREVIATION = 6;
export const CONFLICT = 7;

const pack = (relation: number, likeness: number) => relation * 1024 + likeness;
export const relationOf = (packed: number) => packed >> 10;
export const likenessOf = (packed: number) => (packed & 1023) / 1000;

/** From here a name is common: about 500 bearers. A slip that turns one such name into another is a conflict. */
const COMMON = 9;

export function likeness(a: Token, b: Token): number {
  if (sameToken(a, b)) return pack(EQUAL, 1000);
  if (a.loose === b.loose && (a.nordic || b.nordic) && sameLoosely(a.codes, b.codes))
    return pack(FOLDED, 1000);
  if (a.length === 1 || b.length === 1) return sameFirst(a, b) ? pack(INITIAL, 880) : pack(CONFLICT, 0);
  if (a.reading.kind === 'particle' || b.reading.kind === 'particle') return particles(a, b);
  if (abbreviates(a, b) || abbreviates(b, a)) return pack(ABBREVIATION, 920);

  const nick = nicknames(a.reading.groups, b.reading.groups);
  if (nick === 2) return pack(NICKNAME, 930);
  const bothCommon = common(a) && common(b);
  if (a.sound === b.sound) return pack(SOUND_ALIKE, a.length > 3 && b.length > 3 ? 960 : 850);
  if (nick === 1) return pack(NICKNAME, 800);

  const shorter = a.length < b.length ? a.length : b.length;
  const longer = a.length < b.length ? b.length : a.length;
  const slips = slipsBetween(a.codes, b.codes);
  const sameStart = sameFirst(a, b);
  if (slips === 1 && shorter >= 3) {
    if (bothCommon) return pack(CONFLICT, shorter >= 6 ? 600 : 450);
    if (longer >= 7) return pack(SPELLING, sameStart ? 920 : 850);
    if (longer >= 5) return pack(SPELLING, sameStart ? 850 : 700);
    return pack(longer >= 4 ? SPELLING : CONFLICT, sameStart ? 650 : 450);
  }
  if (a.skeleton === b.skeleton && a.skeleton.length >= 3 && !bothCommon && sameStart)
    return pack(SOUND_ALIKE, 800);
  if (slips === 2 && longer >= 7 && !bothCommon) return pack(SPELLING, sameStart ? 780 : 620);
  if (shorter >= 3 && startsWith(a, b, shorter)) return pack(NICKNAME, shorter >= 4 ? 760 : 700);
  if ((a.mask & b.mask) === 0) return pack(CONFLICT, 0);
  const alike = jaroWinkler(a.codes, b.codes);
  return pack(CONFLICT, alike > 0.7 ? Math.round((alike - 0.7) * 1500) : 0);
}

function common(token: Token): boolean {
  return token.reading.given >= COMMON || token.reading.surname >= COMMON;
}

/** First letters agree, æ with a, ø with o and so on, because initials are typed on any keyboard. */
export function sameFirst(a: Token, b: Token): boolean {
  const x = a.codes[0] ?? 0;
  const y = b.codes[0] ?? 0;
  return x === y || plain(x) === plain(y);
}

function plain(code: number): number {
  if (code === AE || code === AA) return 1;
  if (code === OE) return 15;
  return code === UE ? 21 : code;
}

function particles(a: Token, b: Token): number {
  return pack(CONFLICT, a.reading.kind === b.reading.kind && slipsBetween(a.codes, b.codes) === 1 ? 500 : 0);
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
