import { tokenOf } from '../folding/seen-words.ts';
import type { Token } from '../folding/token.ts';
import { GIVEN, MIDDLE, OTHER, PARTICLE, type PreparedName, SURNAME } from './name.ts';

/** A name by the fields of the Social Security Administration's own form (POMS RM 10205.125). */
export interface SsaForm {
  /** The words of the first name's field; the form writes them as one. */
  readonly first: readonly Token[];
  readonly middle: readonly Token[];
  readonly last: readonly Token[];
  readonly suffix: string;
}

/** Registers cut a first name at 15 (Death Master File) or 16 letters (Numident), a surname at 20 or 21. */
export const FIRST_WIDTHS: readonly number[] = [15, 16];
export const LAST_WIDTHS: readonly number[] = [20, 21];

/** Words beyond this are in no legal name, and comparing each with each would take time. */
const MOST_WORDS = 24;

export function ssaFormOf(name: PreparedName): SsaForm {
  const first: Token[] = [];
  const middle: Token[] = [];
  const last: Token[] = [];
  let surname = false;
  name.tokens.slice(0, MOST_WORDS).forEach((token, at) => {
    const role = name.roles[at];
    if (role === OTHER) return;
    surname ||= role === SURNAME || (role === PARTICLE && leadsToSurname(name, at));
    if (surname) last.push(token);
    else if (role === MIDDLE) middle.push(token);
    else if (role === GIVEN || first.length > 0) first.push(token);
  });
  return { first, middle, last, suffix: name.suffix };
}

/** Only particles stand between here and the surname: `de la Rosa`. */
function leadsToSurname(name: PreparedName, from: number): boolean {
  let at = from;
  while (name.roles[at] === PARTICLE) at++;
  return name.roles[at] === SURNAME;
}

const buffer = new Uint16Array(64);

/** The words as one word: how the form writes a first name, and how De La Rosa meets DelaRosa. */
export function joined(words: readonly Token[]): Token | null {
  const [only] = words;
  if (only === undefined) return null;
  if (words.length === 1) return only;
  let length = 0;
  let hash = 0;
  for (const { codes } of words)
    for (const code of codes) {
      if (length < buffer.length) buffer[length] = code;
      length++;
      hash = Math.imul(hash ^ code, 0x9e3779b1);
      hash ^= hash >>> 15;
    }
  return tokenOf(buffer, length, hash);
}

/** How many letters and blanks a field takes. */
export function widthOf(words: readonly Token[], between: number): number {
  let width = 0;
  for (const { length } of words) width += length + between;
  return width - between;
}
