import type { AddressReading } from './address.ts';
import type { Piece } from './pieces.ts';

/** Words for the floor at street level and below, as people write them. */
const GROUND = new Set('st stue stuen stueplan stueetage stueetagen stuetagen parterre ground'.split(' '));
const CELLAR = new Set('kl kld kaelder kaelderen kaelderetage k'.split(' '));
const FLOOR_WORDS = new Set('sal etage et etg floor'.split(' '));
const DOOR_WORDS = new Set('doer dor lejl lejlighed lejlnr vaer vaerelse nr no apt'.split(' '));
const SIDES: Readonly<Record<string, string>> = {
  th: 'th',
  hoejre: 'th',
  hojre: 'th',
  tv: 'tv',
  venstre: 'tv',
  mf: 'mf',
  midt: 'mf',
  midtfor: 'mf',
  midten: 'mf',
};

export function withoutZeros(digits: string): string {
  let from = 0;
  while (from < digits.length - 1 && digits.charCodeAt(from) === 48) from++;
  return digits.slice(from);
}

/**
 * Reads a house number with its letter, then floor and door, from `from` on. Returns the pieces that are
 * none of them (a place name, mostly). Wherever a part was read before, a second one of the kind is left over.
 */
export function readUnits(pieces: readonly Piece[], from: number, reading: AddressReading): Piece[] {
  const left: Piece[] = [];
  let at = from;
  while (at < pieces.length) at += readUnit(pieces, at, reading, left);
  return left;
}

function readUnit(pieces: readonly Piece[], at: number, reading: AddressReading, left: Piece[]): number {
  const piece = pieces[at] as Piece;
  const next = pieces[at + 1];
  const { text } = piece;
  if (piece.digits) {
    const value = withoutZeros(text);
    if (reading.number === '') {
      reading.number = value;
      return 1 + readLetter(pieces, at + 1, reading);
    }
    // "7-9" is a house with two numbers; its first one is the address.
    if (piece.dash && pieces[at - 1]?.text === reading.number && Number(value) > Number(reading.number)) {
      left.push(piece);
      return 1;
    }
    // "12A 12A": said twice. A bare number said twice may be house and floor.
    const repeated = reading.letter !== '' && next?.glued === true && next.text === reading.letter;
    if (repeated && value === reading.number) return 2;
    const floor = value === '0' ? 'st' : value;
    if (next !== undefined && FLOOR_WORDS.has(next.text)) {
      reading.floor = floor;
      return 2;
    }
    if (reading.floor === '') reading.floor = floor;
    else if (reading.door === '') reading.door = value;
    else if (value !== reading.number) left.push(piece);
    return 1;
  }
  if (GROUND.has(text) && reading.floor === '') {
    reading.floor = 'st';
    return next !== undefined && FLOOR_WORDS.has(next.text) ? 2 : 1;
  }
  if (CELLAR.has(text) && reading.floor === '') {
    const numbered = text === 'k' && next?.digits === true && next.glued;
    reading.floor = numbered ? `k${withoutZeros(next.text)}` : 'kl';
    return numbered ? 2 : 1;
  }
  const side = SIDES[text];
  if (side !== undefined && reading.door === '') {
    reading.door = side;
    return 1;
  }
  if (text === 'til' && next !== undefined && SIDES[next.text] !== undefined) {
    reading.door = SIDES[next.text] ?? '';
    return 2;
  }
  // "t.h.", "t v", "m.f."
  const spelled = next === undefined ? undefined : SIDES[text + next.text];
  if (text.length === 1 && spelled !== undefined && reading.door === '') {
    reading.door = spelled;
    return 2;
  }
  if (FLOOR_WORDS.has(text)) return 1;
  if (DOOR_WORDS.has(text) && next !== undefined && (next.digits || next.text.length === 1)) {
    reading.door = next.digits ? withoutZeros(next.text) : next.text;
    return 2;
  }
  if (text.length === 1 && reading.number !== '' && reading.floor !== '' && reading.door === '') {
    reading.door = text;
    return 1;
  }
  left.push(piece);
  return 1;
}

/** The letter of a house number: glued to it, or alone before the next comma. */
function readLetter(pieces: readonly Piece[], at: number, reading: AddressReading): number {
  const piece = pieces[at];
  if (piece === undefined || piece.digits || piece.text.length !== 1 || piece.afterComma) return 0;
  const next = pieces[at + 1];
  if (next !== undefined && SIDES[piece.text + next.text] !== undefined) return 0;
  if (piece.text === 'k' && next?.digits === true) return 0;
  reading.letter = piece.text;
  return 1;
}

/** Are two units the same, and if not, does the second say less, more or something else? */
export function unitRelation(record: string, typed: string): 'same' | 'missing' | 'extra' | 'other' {
  if (record === typed) return 'same';
  if (typed === '') return 'missing';
  return record === '' ? 'extra' : 'other';
}
