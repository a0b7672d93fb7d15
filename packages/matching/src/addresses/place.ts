import { BULK_POSTCODES } from '../data/bulk-postcodes.ts';
import { slipsBetween } from '../folding/slips.ts';
import { wordsOf } from '../folding/words.ts';

/** Other names of towns, each line one town. */
const TOWN_NAMES: readonly string[][] = [
  ['koebenhavn', 'kobenhavn', 'copenhagen', 'kbh', 'kopenhagen', 'kbhvn', 'cph'],
  ['aarhus', 'arhus'],
  ['aalborg', 'alborg'],
  ['helsingoer', 'helsingor', 'elsinore'],
  ['nuuk', 'godthaab'],
  ['frederiksberg', 'frb', 'frederiksberg c'],
  ['kongens lyngby', 'kgs lyngby', 'lyngby'],
];
const TOWNS = new Map(TOWN_NAMES.flatMap((names) => names.map((name) => [name, names[0] ?? name] as const)));

/** A town without the letter of its post district (København Ø, Odense SØ) and by one of its names. */
export function townOf(place: string): string {
  const words = place.split(' ');
  const last = words.at(-1) ?? '';
  const letter = words.length > 1 && (last.length === 1 || DISTRICT_LETTERS.has(last));
  const town = (letter ? words.slice(0, -1) : words).join(' ');
  return TOWNS.get(town) ?? town;
}

const DISTRICT_LETTERS = new Set(['oe', 'nv', 'sv', 'noe', 'soe', 'nw', 'se', 'sw', 'ne']);

export type PlaceRelation = 'same' | 'similar' | 'other' | 'unknown';

/** Do the typed places name one of the record's: post district, place name, or the town without its letter? */
export function placeRelation(record: readonly string[], typed: readonly string[]): PlaceRelation {
  if (record.length === 0 || typed.length === 0) return 'unknown';
  let best: PlaceRelation = 'other';
  for (const a of record)
    for (const b of typed) {
      const x = townOf(a);
      const y = townOf(b);
      if (x === y || plain(x) === plain(y)) return 'same';
      if (slipsOf(x, y) <= 2 && Math.min(x.length, y.length) >= 5) best = 'similar';
      if (x.startsWith(`${y} `) || y.startsWith(`${x} `) || x.endsWith(` ${y}`) || y.endsWith(` ${x}`))
        best = 'similar';
    }
  return best;
}

function plain(town: string): string {
  return town.replaceAll('ae', 'a').replaceAll('oe', 'o').replaceAll('aa', 'a');
}

function slipsOf(a: string, b: string): number {
  const [x] = wordsOf(a.replaceAll(' ', '')).tokens;
  const [y] = wordsOf(b.replaceAll(' ', '')).tokens;
  return x === undefined || y === undefined ? 3 : slipsBetween(x.codes, y.codes);
}

/** Postcodes of large receivers lie across a district and say nothing about the road's own. */
export function isBulkPostcode(postcode: string): boolean {
  return BULK_POSTCODES.has(postcode);
}
