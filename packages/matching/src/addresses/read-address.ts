import { type Address, type AddressParts, type AddressReading, emptyReading } from './address.ts';
import { LINE_LIMIT, piecesOf } from './pieces.ts';
import { readLine } from './read-line.ts';
import { remembered } from './remembered.ts';
import { readUnits, withoutZeros } from './units.ts';

/**
 * Reads an address, in parts or in one line, into its parts. Parts that are told win over what a line holds.
 * With `numberedRoad` the first number belongs to the road where a second one follows ("Vej 5 7").
 */
export function readAddress(address: Address, numberedRoad: boolean): AddressReading {
  return 'line' in address ? readLine(address.line, numberedRoad) : readParts(address, numberedRoad);
}

function readParts(address: AddressParts, numberedRoad: boolean): AddressReading {
  const number = numberField(address.houseNumber ?? '');
  const road = roadField(address.road ?? '', number, numberedRoad);
  const floor = floorField(address.floor ?? '');
  const door = doorField(address.door ?? '');
  const told = number.number !== '' || number.building !== '';
  const building = address.buildingNumber ? numberField(address.buildingNumber) : number;
  const reading: AddressReading = {
    road: road.road,
    number: told ? number.number : road.number,
    letter: told ? number.letter : road.letter,
    building: building.building || (address.buildingNumber ? building.number : '') || road.building,
    floor: floor.floor || number.floor || road.floor,
    door: door.door || floor.door || number.door || road.door,
    postcode: address.postcode ? postcodeField(address.postcode) : road.postcode,
    places: road.places,
    careOf: address.careOf || road.careOf,
    rest: restOf(road, number, floor, door),
  };
  addPlaces(address, reading);
  return reading;
}

const NOTHING: string[] = [];

/** What no field could use; almost always nothing. */
function restOf(...fields: readonly AddressReading[]): string[] {
  let rest = NOTHING;
  for (const field of fields) {
    if (field.rest.length > 0) rest = [...rest, ...field.rest];
    if (field !== fields[0] && field.places.length > 0) rest = [...rest, ...field.places];
  }
  return rest;
}

function addPlaces(address: AddressParts, reading: AddressReading): void {
  for (const place of [address.postDistrict, address.city, address.locality]) {
    if (place === undefined || place === '') continue;
    const { postcode, places } = placeField(place);
    if (reading.postcode === '') reading.postcode = postcode;
    if (places.length > 0) reading.places = [...reading.places, ...places];
  }
}

const plainRoadField = remembered(1 << 14, (text: string) => readLine(text, false));

/**
 * A field named road may hold a road only, or number and all the rest as well. A number in it that is not the
 * house number told beside it belongs to the road's name ("Hf. Vennelyst 4", "10. Februar Vej").
 */
function roadField(text: string, number: AddressReading, numberedRoad: boolean): AddressReading {
  if (!hasDigit(text)) return plainRoadField(text);
  const reading = readLine(text, numberedRoad);
  if (number.number === '' || reading.number === '' || reading.number === number.number) return reading;
  return { ...emptyReading(), road: text.slice(0, LINE_LIMIT) };
}

function hasDigit(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0x30 && unit <= 0x39) return true;
  }
  return false;
}

const numberField = remembered(1 << 12, (text: string) => {
  const reading = emptyReading();
  const pieces = piecesOf(text);
  const [first, second] = pieces;
  if (first?.text === 'b' && second?.digits === true) reading.building = withoutZeros(second.text);
  else if (pieces.some(({ digits }) => digits)) reading.rest.push(...textsOf(readUnits(pieces, 0, reading)));
  else reading.rest.push(...textsOf(pieces));
  return reading;
});

const floorField = remembered(1 << 10, (text: string) => {
  const reading = emptyReading();
  reading.number = '-';
  reading.rest.push(...textsOf(readUnits(piecesOf(text), 0, reading)));
  return reading;
});

const doorField = remembered(1 << 10, (text: string) => {
  const reading = emptyReading();
  reading.number = '-';
  // A number in the door's field is a door, also where no floor is known.
  reading.floor = '-';
  reading.rest.push(...textsOf(readUnits(piecesOf(text), 0, reading)));
  return reading;
});

const postcodeField = remembered(1 << 12, (text: string) => {
  const digits = piecesOf(text).find((piece) => piece.digits);
  return digits === undefined ? '' : digits.text.padStart(4, '0');
});

/** A town, with its postcode before it where the field holds that too. */
const placeField = remembered(1 << 12, (text: string) => {
  const reading = emptyReading();
  const code = piecesOf(text).find((piece) => piece.digits && piece.text.length === 4);
  if (code !== undefined) reading.postcode = code.text;
  const place = (code === undefined ? text : text.replace(code.raw, ' ')).slice(0, LINE_LIMIT).trim();
  if (place !== '') reading.places.push(place);
  return reading;
});

function textsOf(pieces: readonly { readonly text: string }[]): string[] {
  return pieces.map(({ text }) => text);
}
