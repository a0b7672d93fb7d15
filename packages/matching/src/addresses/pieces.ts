import { composed } from '../folding/composed.ts';
import { EXPANSIONS, foldOf } from '../folding/fold-table.ts';
import { BLANK, COMMA, DECOMPOSED, DIGIT_0, DIGIT_9, DROP, EXPANDS, spell } from '../folding/letters.ts';

/** A run of letters or of digits in an address. */
export interface Piece {
  /** Folded: lower-case letters with the Nordic ones spelled out, or digits. */
  readonly text: string;
  readonly digits: boolean;
  /** The text as typed, for a road or place that is shown and compared by its letters. */
  readonly raw: string;
  /** Stands directly after the piece before it: `117A`, `2tv`. */
  readonly glued: boolean;
  /** A hyphen without blanks stands between it and the piece before: `7-9`. */
  readonly dash: boolean;
  /** A comma or line break stands before it. */
  readonly afterComma: boolean;
}

const BLANK_UNIT = 0x20;
/** Longer words than this are compared by their beginning. */
const LETTERS = 80;
/** Longer lines than this hold no address; what follows is not read. */
const PIECES = 60;
export const LINE_LIMIT = 400;

/** Splits an address line into runs of letters and runs of digits. */
export function piecesOf(line: string): Piece[] {
  const pieces: Piece[] = [];
  return cut(line, pieces, false) ? pieces : piecesNormalised(line);
}

function piecesNormalised(line: string): Piece[] {
  const pieces: Piece[] = [];
  cut(composed(line.slice(0, LINE_LIMIT)), pieces, true);
  return pieces;
}

const FIRST_BEYOND_ASCII = 0x80;
const HYPHEN = 0x2d;
const NEW_LINE = 0x0a;

/** False when the line needs normalising first. */
function cut(line: string, pieces: Piece[], normalised: boolean): boolean {
  let length = 0;
  let ascii = true;
  let start = 0;
  let digits = false;
  let glued = false;
  let dash = false;
  let comma = false;
  const end = line.length < LINE_LIMIT ? line.length : LINE_LIMIT;
  for (let at = 0; at <= end && pieces.length < PIECES; at++) {
    const unit = at < end ? line.charCodeAt(at) : BLANK_UNIT;
    const code = foldOf(unit);
    if (code === DECOMPOSED && !normalised) return false;
    if (code === DROP || code === DECOMPOSED) {
      ascii = false;
      continue;
    }
    const separates = code === BLANK || code === COMMA;
    const digit = code >= DIGIT_0 && code <= DIGIT_9;
    if (length > 0 && (separates || digit !== digits)) {
      const raw = line.slice(start, at);
      const text = ascii ? (digits ? raw : raw.toLowerCase()) : spelled(raw);
      pieces.push({ text, digits, raw, glued, dash, afterComma: comma });
      length = 0;
      comma = false;
      glued = !separates;
      dash = unit === HYPHEN;
    } else if (separates) {
      glued = false;
      dash = false;
    }
    if (separates) {
      comma ||= code === COMMA || unit === NEW_LINE;
      continue;
    }
    if (length === 0) {
      start = at;
      digits = digit;
      ascii = true;
    }
    ascii &&= unit < FIRST_BEYOND_ASCII;
    length++;
  }
  return true;
}

/** The folded letters of a word beyond ASCII. */
function spelled(raw: string): string {
  let text = '';
  for (let at = 0; at < raw.length && text.length < LETTERS; at++) {
    const unit = raw.charCodeAt(at);
    const code = foldOf(unit);
    if (code === EXPANDS) for (const part of EXPANSIONS.get(unit) ?? []) text += spell(part);
    else if (code !== DROP && code !== DECOMPOSED) text += spell(code);
  }
  return text;
}
