import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { POPULATION_DATA } from '../data.ts';
import type { Chance } from './chance.ts';

/** Family names ending in -sen, with how many in Denmark bear them (sigpwned/popular-names-by-country-dataset, CC0-1.0). */
const COMMON_SURNAMES: readonly (readonly [name: string, bearers: number])[] = [
  ['Nielsen', 236397],
  ['Jensen', 233713],
  ['Hansen', 197548],
  ['Pedersen', 150161],
  ['Andersen', 149643],
  ['Christensen', 111816],
  ['Larsen', 107721],
  ['Sørensen', 102848],
  ['Rasmussen', 88351],
  ['Jørgensen', 82285],
  ['Petersen', 72757],
  ['Madsen', 60676],
  ['Kristensen', 57758],
  ['Olsen', 44629],
  ['Thomsen', 38244],
  ['Christiansen', 35143],
  ['Poulsen', 30545],
  ['Johansen', 29866],
  ['Møller', 29481],
  ['Mortensen', 28124],
];

/** Family names after places, trades and nature; many of them also stand as middle names. Own list. */
const PLACE_NAMES =
  'Lund Holm Juul Kjær Bach Skov Dahl Winther Lauridsen Schmidt Friis Vestergaard Østergaard Nørgaard Søndergaard Kjeldsen Jespersen Mogensen Frederiksen Mikkelsen Henriksen Laursen Eriksen Simonsen Clausen Svendsen Andreasen Iversen Jeppesen Nissen Lauritsen Jacobsen Jakobsen Knudsen Carlsen Bertelsen Bruun Bech Toft Krogh Kjærgaard Bjerregaard Damgaard Dalsgaard Overgaard Kirkegaard Hedegaard Mølgaard Nygaard Lindgaard Munk Krog Bak Beck Fischer Wagner Koch Meyer Berg Bang Ravn Falk Lind Hald Hjorth Hougaard Thorsen Thygesen Steffensen Bendtsen Gregersen Michelsen Villadsen Ibsen Therkildsen Brandt Buch Klausen Sommer Vinther Rask Skovgaard Lorentzen Ahmed Ali Hussein Khan Yilmaz Nguyen Kowalski Nowak Popescu Ivanov Öztürk Müller'.split(
    ' ',
  );
const PLACE_NAME_BEARERS = 9000;

/** A list whose entries come as often as their weights say. */
class Weighted<T> {
  readonly #entries: readonly T[];
  readonly #ends: Float64Array;

  constructor(entries: readonly (readonly [T, number])[]) {
    this.#entries = entries.map(([entry]) => entry);
    let sum = 0;
    this.#ends = Float64Array.from(entries, ([, weight]) => (sum += weight));
  }

  draw(chance: Chance): T {
    const wanted = chance.unit() * (this.#ends.at(-1) ?? 0);
    let [low, high] = [0, this.#ends.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ends[middle] ?? 0) > wanted) high = middle;
      else low = middle + 1;
    }
    return this.#entries[low] as T;
  }
}

const GIVEN = { K: givenNames('K'), M: givenNames('M') };
const SURNAMES = new Weighted([
  ...COMMON_SURNAMES,
  ...PLACE_NAMES.map((name) => [name, PLACE_NAME_BEARERS] as const),
]);
const SECOND_GIVEN = 0.4;
const HYPHENATED = 0.03;
const MIDDLE = 0.35;

export interface DrawnName {
  readonly given: string;
  readonly middle: string;
  readonly surname: string;
}

/** A Danish name as people of that sex have it: as common as it is in Denmark, given names and surnames independent. */
export function drawName(chance: Chance, sex: 'K' | 'M'): DrawnName {
  let given = GIVEN[sex].draw(chance);
  const second = chance.unit();
  if (second < HYPHENATED) given += `-${GIVEN[sex].draw(chance)}`;
  else if (second < HYPHENATED + SECOND_GIVEN) given += ` ${GIVEN[sex].draw(chance)}`;
  const middle = chance.happens(MIDDLE) ? (PLACE_NAMES[chance.below(PLACE_NAMES.length)] ?? '') : '';
  return { given, middle, surname: drawSurname(chance) };
}

export function drawSurname(chance: Chance): string {
  return SURNAMES.draw(chance);
}

function givenNames(sex: 'K' | 'M'): Weighted<string> {
  const [, ...lines] = readFileSync(join(POPULATION_DATA, 'given-names.csv'), 'utf8').trim().split('\n');
  const rows = lines.map((line) => line.split(',') as [string, string, string]);
  return new Weighted(rows.filter(([of]) => of === sex).map(([, name, count]) => [name, Number(count)]));
}
