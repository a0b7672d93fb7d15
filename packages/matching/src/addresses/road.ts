import { AA, AE, DIGIT_0, DIGIT_9, LETTER_A, OE, UE } from '../folding/letters.ts';
import { soundOf } from '../folding/sound.ts';
import { wordsOf } from '../folding/words.ts';

/** A road name folded for comparison. */
export interface Road {
  /** Folded, with blanks. */
  readonly text: string;
  readonly words: readonly string[];
  /** The letters without blanks; æ, å and a are one, ø and o, ü and u, so that any keyboard will do. */
  readonly letters: Uint16Array;
  /** 1 where a word begins. */
  readonly starts: Uint8Array;
  /** One bit for each letter that occurs. */
  readonly mask: number;
  /** The letters as one string. */
  readonly key: string;
  /** How many letters and blanks the name has as it is written, for the official limit of 20. */
  readonly written: number;
  /** Its last word is a number: `Vej 5`, `Hf. Vennelyst 4`. */
  readonly endsInNumber: boolean;
  /** How it sounds; a d before s is silent (plads, plass). */
  readonly sound: string;
  readonly mixedScript: boolean;
}

const E = 5;
const O = 15;
const U = 21;
/** The register allows 40 letters; what is longer is no road name. */
const LONGEST = 64;

export function roadOf(name: string): Road {
  const { tokens, mixedScript } = wordsOf(name);
  const letters: number[] = [];
  const starts: number[] = [];
  let written = -1;
  for (const token of tokens) {
    written += token.length + 1;
    let before = 0;
    for (let at = 0; at < token.codes.length && letters.length < LONGEST; at++) {
      const letter = loose(token.codes[at] as number);
      const spelledOut = letter === E && (before === LETTER_A || before === O || before === U);
      if (spelledOut || (letter === LETTER_A && before === LETTER_A)) continue;
      letters.push(letter);
      starts.push(at === 0 ? 1 : 0);
      before = letter;
    }
  }
  const codes = Uint16Array.from(letters);
  let mask = 0;
  for (const code of codes) mask |= 1 << (code & 31);
  return {
    text: tokens.map(({ text }) => text).join(' '),
    words: tokens.map(({ text }) => text),
    letters: codes,
    starts: Uint8Array.from(starts),
    mask,
    key: String.fromCharCode(...codes),
    written,
    endsInNumber: isDigit(codes[codes.length - 1] ?? 0),
    sound: soundOf(codes).replaceAll('ds', 's'),
    mixedScript,
  };
}

function isDigit(code: number): boolean {
  return code >= DIGIT_0 && code <= DIGIT_9;
}

function loose(code: number): number {
  if (code === AE || code === AA) return LETTER_A;
  if (code === OE) return O;
  return code === UE ? U : code;
}
