import type { Alignment, Relation } from '../comparison.ts';
import type { PreparedAddress } from './address.ts';
import type { AddressScore, UnitRelation } from './address-score.ts';

/** Writes the comparison of two addresses down, a line for each part that either side has. */
export function explainAddress(
  record: PreparedAddress,
  typed: PreparedAddress,
  score: AddressScore,
): Alignment[] {
  const lines: Alignment[] = [];
  const add = (own: string, other: string, relation: Relation, fit: number, weight: number) => {
    if (own !== '' || other !== '')
      lines.push({
        record: own === '' ? null : own,
        typed: other === '' ? null : other,
        relation,
        score: fit,
        weight,
      });
  };
  const road = Math.round(score.road.similarity * 100);
  add(record.roads[0]?.text ?? '', typed.roads[0]?.text ?? '', score.road.relation, road, 1);
  for (const more of record.roads.slice(1)) add(more.text, '', 'missingTyped', 0, 0);
  for (const more of typed.roads.slice(1)) add('', more.text, 'extraTyped', 0, 0);
  const unit = (own: string, other: string, relation: UnitRelation, weight: number) =>
    add(own, other, RELATIONS[relation], relation === 'same' ? 100 : 0, weight);
  const number = (address: PreparedAddress) => address.number + address.letter;
  const house: UnitRelation = score.number === 'same' ? score.letter : score.number;
  unit(number(record), number(typed), number(record) === number(typed) ? 'same' : house, 1);
  unit(record.building, typed.building, record.building === typed.building ? 'same' : score.number, 1);
  unit(record.floor, typed.floor, score.floor, 0.3);
  unit(record.door, typed.door, score.door, 0.3);
  unit(record.postcode, typed.postcode, score.postcode, 0.5);
  addPlaces(record, typed, score, add);
  unit(record.careOf.toLowerCase(), typed.careOf.toLowerCase(), careOf(record, typed), 0);
  for (const one of record.rest) add(one, '', 'missingTyped', 0, 0);
  for (const one of typed.rest) add('', one, 'extraTyped', 0, 0);
  return lines;
}

const RELATIONS: Readonly<Record<UnitRelation, Relation>> = {
  same: 'equal',
  missing: 'missingTyped',
  extra: 'extraTyped',
  other: 'conflict',
};

function addPlaces(
  record: PreparedAddress,
  typed: PreparedAddress,
  score: AddressScore,
  add: (own: string, other: string, relation: Relation, fit: number, weight: number) => void,
): void {
  const own = record.towns.map(({ text }) => text).join(', ');
  const other = typed.towns.map(({ text }) => text).join(', ');
  const relation: Relation =
    own === other
      ? 'equal'
      : score.place === 'same'
        ? 'folded'
        : score.place === 'similar'
          ? 'spelling'
          : other === ''
            ? 'missingTyped'
            : own === ''
              ? 'extraTyped'
              : 'conflict';
  add(
    own,
    other,
    relation,
    relation === 'equal' || relation === 'folded' ? 100 : relation === 'spelling' ? 80 : 0,
    0.2,
  );
}

function careOf(record: PreparedAddress, typed: PreparedAddress): UnitRelation {
  if (record.careOf.toLowerCase() === typed.careOf.toLowerCase()) return 'same';
  return typed.careOf === '' ? 'missing' : record.careOf === '' ? 'extra' : 'other';
}
