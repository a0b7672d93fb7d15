import { EXPANSIONS, foldOf } from '../folding/fold-table.ts';
import { BLANK, COMMA, DECOMPOSED, DIGIT_0, DROP, EXPANDS, spell } from '../folding/letters.ts';

/** A run of letters or of digits in an address. */
export interface Piece {
  /** Folded: lower-case letters with the Nordic ones spelled out, or digits. */
  readonly text: string;
  readonly digits: boolean;
  /** The text as typed, for a road or place that is shown and compared by its letters. */
  readonly raw: string;
  /** Stands directly after the piece before it: `117A`, `2tv`. */
  readonly glued: boolean;
  /** A comma or line break stands before it. */
  readonly afterComma: boolean;
}

/** Longer lines than this hold no address; what follows is not read. */
const PIECES = 60;

/** Splits an address line into runs of letters and runs of digits. */
export function piecesOf(line: string): Piece[] {
  const text = /[̀-ͯ豈-￯]/.test(line) ? line.normalize('NFKC') : line;
  const pieces: Piece[] = [];
  let folded = '';
  let start = 0;
  let digits = false;
  let comma = false;
  let glued = false;
  const end = (at: number) => {
    if (folded === '') return;
    pieces.push({ text: folded, digits, raw: text.slice(start, at), glued, afterComma: comma });
    folded = '';
    comma = false;
  };
  for (let at = 0; at <= text.length && pieces.length < PIECES; at++) {
    const unit = at < text.length ? text.charCodeAt(at) : 0x20;
    const code = foldOf(unit);
    if (code === DROP || code === DECOMPOSED) continue;
    if (code === BLANK || code === COMMA) {
      end(at);
      glued = false;
      if (code === COMMA || unit === 10) comma = true;
      continue;
    }
    const digit = code >= DIGIT_0 && code < DIGIT_0 + 10;
    if (folded !== '' && digit !== digits) {
      end(at);
      glued = true;
    }
    if (folded === '') {
      start = at;
      digits = digit;
    }
    if (folded.length > 80) continue;
    folded += code === EXPANDS ? (EXPANSIONS.get(unit) ?? []).map(spell).join('') : spell(code);
  }
  return pieces;
}
