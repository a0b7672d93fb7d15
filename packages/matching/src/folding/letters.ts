/**
 * The letters that names and addresses are compared in. Each is a small number, so that a word is a short
 * array and comparing two letters costs nothing: 0 is a separator, 1–26 are a–z, then the Nordic letters that
 * have several spellings, then the digits. A character of a script without a table keeps its own code
 * (128 and above): it equals itself and nothing else.
 */
export const BLANK = 0;
export const LETTER_A = 1;
export const LETTER_Z = 26;
/** æ and ä; typed as `ae` or `a` where the keyboard lacks it. */
export const AE = 27;
/** ø, ö and œ; typed as `oe` or `o`. */
export const OE = 28;
/** å; typed as `aa` or `a`. */
export const AA = 29;
/** ü; typed as `ue`, `u` or `y`. */
export const UE = 30;
export const DIGIT_0 = 31;
export const DIGIT_9 = 40;

/** What a character is when it is not one letter of the alphabet above. */
export const DROP = 0xffff;
export const COMMA = 0xfffe;
/** A combining mark or a compatibility form: the text has to be normalised before it can be folded. */
export const DECOMPOSED = 0xfffd;
/** A character that folds to several letters: see `EXPANSIONS`. */
export const EXPANDS = 0xfffc;

const SPELLED = ' abcdefghijklmnopqrstuvwxyz';

/** A letter as it is shown: the Nordic ones spelled out, so that both sides of a comparison read the same. */
export function spell(code: number): string {
  if (code <= LETTER_Z) return SPELLED[code] ?? '';
  if (code === AE) return 'ae';
  if (code === OE) return 'oe';
  if (code === AA) return 'aa';
  if (code === UE) return 'ue';
  if (code <= DIGIT_9) return String(code - DIGIT_0);
  return String.fromCharCode(code);
}

/** The codes of a lower-case text in a–z and digits. Meant for tables, not for input. */
export function codesOf(text: string): number[] {
  return Array.from(text, (letter) => {
    const at = letter.charCodeAt(0);
    if (at >= 97 && at <= 122) return at - 96;
    return at >= 48 && at <= 57 ? at - 48 + DIGIT_0 : at;
  });
}
