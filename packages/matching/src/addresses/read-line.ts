import { type AddressReading, emptyReading } from './address.ts';
import { LINE_LIMIT, type Piece, piecesOf } from './pieces.ts';
import { readUnits, withoutZeros } from './units.ts';

const COUNTRIES = new Set('danmark denmark dk groenland greenland kalaallit nunaat'.split(' '));

/**
 * Reads an address off one line: `c/o Jensen, Strandvejen 123A, st. tv, 2900 Hellerup`. With `numberedRoad` the
 * first number belongs to the road where a second one follows ("Vej 5 7").
 */
export function readLine(line: string, numberedRoad: boolean): AddressReading {
  const reading = emptyReading();
  if (line.length > LINE_LIMIT) reading.rest.push(line.slice(LINE_LIMIT).trim());
  let pieces = withPostcodeLast(takeCareOf(piecesOf(line), reading));
  const postcodeAt = findPostcode(pieces);
  if (postcodeAt >= 0) {
    reading.postcode = pieces[postcodeAt]?.text ?? '';
    const town = pieces.slice(postcodeAt + 1);
    const place = rawOf(town.filter(({ text }) => !COUNTRIES.has(text)));
    for (const { text } of town) if (COUNTRIES.has(text)) reading.rest.push(text);
    if (place !== '') reading.places.push(place);
    const country = pieces[postcodeAt - 1];
    pieces = pieces.slice(0, country !== undefined && country.text === 'dk' ? postcodeAt - 1 : postcodeAt);
  }
  const greenland = findBuilding(pieces);
  if (greenland >= 0) {
    reading.building = withoutZeros(pieces[greenland + 1]?.text ?? '');
    pieces = [...pieces.slice(0, greenland), ...pieces.slice(greenland + 2)];
  }
  let numberAt = findNumber(pieces);
  if (numberedRoad && numberAt >= 0) {
    const second = pieces.findIndex(({ digits }, at) => at > numberAt && digits);
    numberAt = second < 0 ? numberAt : second;
  }
  if (numberAt < 0 && pieces[0]?.digits === true && pieces.length > 1)
    return readNumberFirst(pieces, reading);
  if (numberAt < 0) {
    const comma = pieces.findIndex((piece, at) => at > 0 && piece.afterComma);
    reading.road = rawOf(comma < 0 ? pieces : pieces.slice(0, comma));
    if (comma > 0) addPlaces(readUnits(pieces, comma, reading), reading);
    return reading;
  }
  reading.road = rawOf(pieces.slice(0, numberAt));
  addPlaces(readUnits(pieces, numberAt, reading), reading);
  return reading;
}

/** "12A Strandvejen", as other countries write it. */
function readNumberFirst(pieces: readonly Piece[], reading: AddressReading): AddressReading {
  reading.number = withoutZeros(pieces[0]?.text ?? '');
  const second = pieces[1];
  const letter = second?.digits === false && second.text.length === 1 && pieces.length > 2;
  if (letter) reading.letter = second?.text ?? '';
  const from = letter ? 2 : 1;
  const comma = pieces.findIndex((piece, at) => at > from && piece.afterComma);
  reading.road = rawOf(pieces.slice(from, comma < 0 ? pieces.length : comma));
  if (comma > 0) addPlaces(readUnits(pieces, comma, reading), reading);
  return reading;
}

function addPlaces(left: readonly Piece[], reading: AddressReading): void {
  let place: Piece[] = [];
  for (const piece of left) {
    if (piece.afterComma && place.length > 0) {
      reading.places.push(rawOf(place));
      place = [];
    }
    if (piece.digits) reading.rest.push(piece.text);
    else place.push(piece);
  }
  if (place.length > 0) reading.places.push(rawOf(place));
}

/** "c/o Jensen" up to the next comma, wherever it stands; "att. Jensen" likewise. */
function takeCareOf(pieces: Piece[], reading: AddressReading): Piece[] {
  const at = findCareOf(pieces);
  if (at < 0) return pieces;
  const from = at + (pieces[at]?.text === 'c' ? 2 : 1);
  let end = from;
  while (end < pieces.length && (end === from || pieces[end]?.afterComma !== true)) end++;
  reading.careOf = rawOf(pieces.slice(from, end));
  return [...pieces.slice(0, at), ...pieces.slice(end)];
}

function findCareOf(pieces: readonly Piece[]): number {
  for (let at = 0; at < pieces.length; at++) {
    const { text } = pieces[at] as Piece;
    if (text === 'co' || text === 'att') return at;
    if (text !== 'c') continue;
    const next = pieces[at + 1];
    if (next?.text === 'o' && !next.afterComma) return at;
  }
  return -1;
}

/** "B-3112": a Greenlandic building number. One digit would rather be a door. */
function findBuilding(pieces: readonly Piece[]): number {
  for (let at = 0; at < pieces.length - 1; at++) {
    const next = pieces[at + 1] as Piece;
    if (pieces[at]?.text === 'b' && next.digits && next.text.length > 1) return at;
  }
  return -1;
}

/** "2900 Hellerup, Strandvejen 12": what stands before the comma is put behind, where a road with a number follows it. */
function withPostcodeLast(pieces: Piece[]): Piece[] {
  const [first] = pieces;
  const road = pieces.findIndex((piece, at) => at > 1 && piece.afterComma);
  if (first?.digits !== true || first.text.length !== 4 || road < 0) return pieces;
  const behind = pieces.slice(road);
  if (findPostcode(behind) >= 0 || findNumber(behind) < 0) return pieces;
  return [...behind, { ...first, afterComma: true }, ...pieces.slice(1, road)];
}

/** The postcode is the last run of four digits that something stands before. */
function findPostcode(pieces: readonly Piece[]): number {
  for (let at = pieces.length - 1; at > 0; at--) {
    const piece = pieces[at] as Piece;
    if (piece.digits && piece.text.length === 4 && !(piece.glued && pieces[at - 1]?.text !== 'dk')) return at;
  }
  return -1;
}

/** Where floor and door begin, so that the number before them is the house's. */
const UNITS = new Set(
  'sal stuen stue etage kld kaelder lejl lejlighed lejlnr doer dor vaer vaerelse apt'.split(' '),
);

/**
 * The house number: the first number after a word. A number with words and then another number behind it,
 * before the next comma, belongs to the road ("Christian 4.s Vej 3").
 */
function findNumber(pieces: readonly Piece[]): number {
  let word = false;
  for (let at = 0; at < pieces.length; at++) {
    if (!(pieces[at] as Piece).digits) word = true;
    else if (word && !belongsToRoad(pieces, at)) return at;
  }
  return -1;
}

function belongsToRoad(pieces: readonly Piece[], number: number): boolean {
  let words = 0;
  for (let at = number + 1; at < pieces.length; at++) {
    const { text, digits, afterComma } = pieces[at] as Piece;
    if (afterComma || UNITS.has(text)) return false;
    if (digits) return words > 0;
    if (text.length > 2) words++;
  }
  return false;
}

function rawOf(pieces: readonly Piece[]): string {
  let text = '';
  for (const piece of pieces) text += (text === '' || piece.glued ? '' : ' ') + piece.raw;
  return text;
}
