import type { PreparedAddress } from './address.ts';
import { bestRoad } from './compare-road.ts';
import { isBulkPostcode, type PlaceRelation, placeRelation } from './place.ts';
import type { RoadLikeness } from './road-similarity.ts';
import { unitRelation } from './units.ts';

export type UnitRelation = ReturnType<typeof unitRelation>;

/** How the parts of two addresses relate, and what follows. */
export interface AddressScore {
  readonly similarity: number;
  readonly code: AddressCode | null;
  readonly road: RoadLikeness;
  readonly number: UnitRelation;
  readonly letter: UnitRelation;
  readonly floor: UnitRelation;
  readonly door: UnitRelation;
  readonly postcode: UnitRelation;
  readonly place: PlaceRelation;
}

export type AddressCode =
  | 'roadMissing'
  | 'roadOther'
  | 'numberOther'
  | 'numberMissing'
  | 'unitOther'
  | 'unitMissing'
  | 'unitExtra'
  | 'postcodeOther'
  | 'postcodeMissing'
  | 'placeOther'
  | 'roadSpelling';

/** Ceilings of the contract's table: the worst part of an address decides, not a mean of its parts. */
const CEILING = {
  roadOther: 0.45,
  numberOther: 0.5,
  letterOther: 0.55,
  letterMissing: 0.59,
  numberMissing: 0.55,
  unitsOther: 0.63,
  unitOther: 0.68,
  unitMissing: 0.85,
  unitsMissing: 0.81,
  groundExtra: 0.92,
  unitExtra: 0.76,
  postcodeOther: 0.72,
  postcodeAndPlaceOther: 0.62,
  bothMissing: 0.86,
  postcodeMissing: 0.97,
  placeOther: 0.95,
} as const;

/** The likeness below which a road is another road. */
const SAME_ROAD = 0.68;

export function scoreAddress(
  record: PreparedAddress,
  typed: PreparedAddress,
  otherRoads: readonly string[],
): AddressScore {
  const building = record.building !== '' && record.building === typed.building;
  let road = roadOf(record, typed, otherRoads);
  if (building && typed.roads.length === 0) road = { similarity: 1, relation: 'equal' };
  const place = placeRelation(record.towns, typed.towns);
  const number = numberRelation(record, typed);
  const letter = unitRelation(record.letter, typed.letter);
  const floor = unitRelation(record.floor, typed.floor);
  const door = unitRelation(record.door, typed.door);
  const postcode = postcodeRelation(record, typed);

  let similarity = road.similarity;
  let code: AddressCode | null = similarity < 1 ? 'roadSpelling' : null;
  const cap = (ceiling: number, reason: AddressCode) => {
    if (ceiling < similarity) {
      similarity = ceiling;
      code = reason;
    }
  };
  // A second flaw below the threshold of a match costs a little more than the first alone.
  const both = (ceiling: number) => (similarity < 1 ? ceiling * (0.6 + 0.4 * similarity) : ceiling);
  if (road.similarity < SAME_ROAD) {
    similarity = Math.min(similarity, CEILING.roadOther * (0.5 + road.similarity / 2));
    code = typed.roads.length === 0 ? 'roadMissing' : 'roadOther';
  }
  if (number === 'missing') cap(CEILING.numberMissing, 'numberMissing');
  else if (number !== 'same') cap(CEILING.numberOther, 'numberOther');
  else if (letter !== 'same')
    cap(letter === 'missing' ? CEILING.letterMissing : CEILING.letterOther, 'numberOther');

  const others = Number(floor === 'other') + Number(door === 'other');
  if (others > 0) cap(both(others === 2 ? CEILING.unitsOther : CEILING.unitOther), 'unitOther');
  const missing = Number(floor === 'missing') + Number(door === 'missing');
  if (missing > 0) cap(both(missing === 2 ? CEILING.unitsMissing : CEILING.unitMissing), 'unitMissing');
  if (floor === 'extra' || door === 'extra')
    cap(both(typed.floor === 'st' && door === 'same' ? CEILING.groundExtra : CEILING.unitExtra), 'unitExtra');

  if (postcode === 'other')
    cap(both(place === 'other' ? CEILING.postcodeAndPlaceOther : CEILING.postcodeOther), 'postcodeOther');
  else if (postcode === 'missing') {
    if (place === 'same' || place === 'similar') cap(both(CEILING.postcodeMissing), 'postcodeMissing');
    else if (place === 'other') cap(both(CEILING.postcodeAndPlaceOther), 'placeOther');
    else cap(both(CEILING.bothMissing), 'postcodeMissing');
  } else if (place === 'other')
    cap(both(postcode === 'same' && record.postcode !== '' ? CEILING.placeOther : 0.7), 'placeOther');
  return { similarity, code, road, number, letter, floor, door, postcode, place };
}

function roadOf(
  record: PreparedAddress,
  typed: PreparedAddress,
  otherRoads: readonly string[],
): RoadLikeness {
  let best: RoadLikeness = { similarity: 0, relation: 'conflict' };
  for (const road of typed.roads) {
    const likeness = bestRoad(record.roads, road, otherRoads);
    if (likeness.similarity > best.similarity) best = likeness;
  }
  return best;
}

/** In Greenland a building number may stand for road and house number, and the other way round. */
function numberRelation(record: PreparedAddress, typed: PreparedAddress): UnitRelation {
  if (record.building !== '' && typed.building !== '')
    return record.building === typed.building ? 'same' : 'other';
  if (record.building !== '' && (record.number === '' || typed.number === record.building))
    return unitRelation(record.building, typed.number);
  return unitRelation(record.number, typed.number);
}

function postcodeRelation(record: PreparedAddress, typed: PreparedAddress): UnitRelation {
  const relation = unitRelation(record.postcode, typed.postcode);
  if (relation === 'extra') return 'same';
  if (relation === 'other' && (isBulkPostcode(record.postcode) || isBulkPostcode(typed.postcode)))
    return 'same';
  return relation;
}
