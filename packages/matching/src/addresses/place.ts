import { BULK_POSTCODES } from '../data/bulk-postcodes.ts';
import { TOWN_NAMES } from '../data/town-names.ts';
import { slipsBetween, TOO_MANY } from '../folding/slips.ts';
import { wordsOf } from '../folding/words.ts';
import { remembered } from './remembered.ts';

/** A post district or place name, folded. */
export interface Place {
  readonly text: string;
  /** Without the letter of its post district (København Ø, Odense SØ), and by one of its names. */
  readonly town: string;
  /** The town with æ, ø and å as typed on any keyboard. */
  readonly plain: string;
  readonly letters: Uint16Array;
}

const TOWNS = new Map(TOWN_NAMES.flatMap((names) => names.map((name) => [name, names[0] ?? name] as const)));
const DISTRICT_LETTERS = new Set(['oe', 'nv', 'sv', 'noe', 'soe', 'nw', 'se', 'sw', 'ne']);

export const placeOf = remembered(1 << 12, (name: string): Place => {
  const words = wordsOf(name).tokens.map(({ text }) => text);
  const last = words.at(-1) ?? '';
  const letter = words.length > 1 && (last.length === 1 || DISTRICT_LETTERS.has(last));
  const written = (letter ? words.slice(0, -1) : words).join(' ');
  const town = TOWNS.get(written) ?? written;
  const plain = town.replaceAll('ae', 'a').replaceAll('oe', 'o').replaceAll('aa', 'a');
  const [word] = wordsOf(plain.replaceAll(' ', '')).tokens;
  return { text: words.join(' '), town, plain, letters: word?.codes ?? new Uint16Array() };
});

export type PlaceRelation = 'same' | 'similar' | 'other' | 'unknown';

const FEWEST_LETTERS = 5;

/** Do the typed places name one of the record's: post district, place name, or the town without its letter? */
export function placeRelation(record: readonly Place[], typed: readonly Place[]): PlaceRelation {
  if (record.length === 0 || typed.length === 0) return 'unknown';
  let best: PlaceRelation = 'other';
  for (const a of record)
    for (const b of typed) {
      if (a === b || a.plain === b.plain) return 'same';
      if (similar(a, b)) best = 'similar';
    }
  return best;
}

function similar(a: Place, b: Place): boolean {
  const { town: x } = a;
  const { town: y } = b;
  if (x.startsWith(`${y} `) || y.startsWith(`${x} `) || x.endsWith(` ${y}`) || y.endsWith(` ${x}`))
    return true;
  const shorter = Math.min(a.letters.length, b.letters.length);
  return shorter >= FEWEST_LETTERS && slipsBetween(a.letters, b.letters) < TOO_MANY;
}

/** Postcodes of large receivers lie across a district and say nothing about the road's own. */
export function isBulkPostcode(postcode: string): boolean {
  return BULK_POSTCODES.has(postcode);
}
