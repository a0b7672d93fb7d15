import type { Token } from '../folding/token.ts';
import type { PreparedName } from './name.ts';

/** Words of a record's name, `record` to before `recordEnd`, that spell the typed ones with other blanks. */
export interface Join {
  readonly record: number;
  readonly recordEnd: number;
  readonly typed: number;
  readonly typedEnd: number;
}

interface Sides {
  readonly record: PreparedName;
  readonly typed: PreparedName;
  readonly records: number;
  readonly typeds: number;
  readonly typedOf: Int16Array;
  readonly recordOf: Int16Array;
}

/** More words than this are not taken for one that was split. */
const MOST_WORDS = 5;
const FEWEST_LETTERS = 4;

/** The join that begins at record word `i` and typed word `j`, or null. */
export function joinFrom(sides: Sides, i: number, j: number): Join | null {
  const first = sides.record.tokens[i] as Token;
  const second = sides.typed.tokens[j] as Token;
  if (first.first !== second.first || first.length === second.length) return null;
  let recordEnd = i + 1;
  let typedEnd = j + 1;
  let a = first.length;
  let b = second.length;
  while (a !== b) {
    if (recordEnd - i + typedEnd - j > MOST_WORDS) return null;
    if (a < b) {
      if (recordEnd >= sides.records || sides.typedOf[recordEnd] !== -1) return null;
      a += (sides.record.tokens[recordEnd++] as Token).length;
    } else {
      if (typedEnd >= sides.typeds || sides.recordOf[typedEnd] !== -1) return null;
      b += (sides.typed.tokens[typedEnd++] as Token).length;
    }
  }
  if (a < FEWEST_LETTERS) return null;
  return textOf(sides.record, i, recordEnd, '') === textOf(sides.typed, j, typedEnd, '')
    ? { record: i, recordEnd, typed: j, typedEnd }
    : null;
}

/** The words from `from` to before `end`, joined. */
export function textOf(name: PreparedName, from: number, end: number, between = ' '): string {
  let text = '';
  for (let at = from; at < end; at++) text += (at > from ? between : '') + (name.tokens[at]?.text ?? '');
  return text;
}
