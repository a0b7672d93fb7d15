import { AA, AE, LETTER_A, OE, UE } from '../folding/letters.ts';
import { soundOf } from '../folding/sound.ts';
import { wordsOf } from '../folding/words.ts';

/** A road name folded for comparison. */
export interface Road {
  /** Folded, with blanks. */
  readonly text: string;
  /** The letters without blanks; æ, å and a are one, ø and o, ü and u, so that any keyboard will do. */
  readonly letters: Uint16Array;
  /** 1 where a word begins. */
  readonly starts: Uint8Array;
  readonly key: string;
  readonly sound: string;
  readonly mixedScript: boolean;
}

const E = 5;
const O = 15;
const U = 21;
/** The register allows 40 letters; what is longer is no road name. */
const LONGEST = 64;

export function roadOf(name: string): Road {
  const words = wordsOf(name);
  const letters: number[] = [];
  const starts: number[] = [];
  for (const token of words.tokens) {
    let first = true;
    let before = 0;
    for (const code of token.codes) {
      const letter = loose(code);
      const repeats =
        (letter === E && (before === LETTER_A || before === O || before === U)) ||
        (code === LETTER_A && before === LETTER_A);
      if (repeats && !first) continue;
      if (letters.length >= LONGEST) break;
      letters.push(letter);
      starts.push(first ? 1 : 0);
      first = false;
      before = letter;
    }
  }
  const codes = Uint16Array.from(letters);
  return {
    text: words.tokens.map(({ text }) => text).join(' '),
    letters: codes,
    starts: Uint8Array.from(starts),
    key: String.fromCharCode(...codes),
    // A d before s is silent (plads, plass).
    sound: soundOf(codes).replaceAll('ds', 's'),
    mixedScript: words.mixedScript,
  };
}

function loose(code: number): number {
  if (code === AE || code === AA) return LETTER_A;
  if (code === OE) return O;
  return code === UE ? U : code;
}
