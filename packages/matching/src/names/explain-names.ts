import type { Alignment, Relation } from '../comparison.ts';
import type { Pairing } from './align.ts';
import { textOf } from './joined-words.ts';
import { likenessOf, RELATIONS, relationOf } from './likeness.ts';
import { GIVEN, type PreparedName, SURNAME } from './name.ts';
import { isMiddleAsSurname } from './roles.ts';

/** Writes a pairing down: every word of both names in exactly one line. */
export function explainNames(pairing: Pairing, current: PreparedName, matched: PreparedName): Alignment[] {
  const { record, typed } = pairing;
  const lines: Alignment[] = [];
  let i = 0;
  while (i < record.tokens.length) {
    const join = pairing.joins.find((one) => one.record === i);
    if (join !== undefined) {
      lines.push({
        record: textOf(record, i, join.recordEnd),
        typed: textOf(typed, join.typed, join.typedEnd),
        relation: join.recordEnd - i > join.typedEnd - join.typed ? 'joined' : 'split',
        score: 100,
        weight: rounded(record.weights[i] ?? 0),
      });
      i = join.recordEnd;
      continue;
    }
    const j = i < pairing.records ? (pairing.typedOf[i] as number) : -1;
    const own = record.tokens[i]?.text ?? '';
    if (j < 0)
      lines.push({
        record: own,
        typed: null,
        relation: 'missingTyped',
        score: 0,
        weight: rounded(record.weights[i] ?? 0),
      });
    else {
      const packed = pairing.packed[i] as number;
      lines.push({
        record: own,
        typed: typed.tokens[j]?.text ?? '',
        relation: matched === current ? relationIn(pairing, i, j, packed) : 'formerName',
        score: Math.round(likenessOf(packed) * 100),
        weight: rounded(weightOf(pairing, i, j)),
      });
    }
    i++;
  }
  for (let j = 0; j < typed.tokens.length; j++)
    if (j >= pairing.typeds || pairing.recordOf[j] === -1)
      lines.push({
        record: null,
        typed: typed.tokens[j]?.text ?? '',
        relation: 'extraTyped',
        score: 0,
        weight: rounded(typed.weights[j] ?? 0),
      });
  return lines;
}

function relationIn(pairing: Pairing, i: number, j: number, packed: number): Relation {
  const relation = RELATIONS[relationOf(packed)] ?? 'conflict';
  if (relation === 'conflict' || !pairing.record.told || !pairing.typed.told) return relation;
  const a = pairing.record.roles[i];
  const b = pairing.typed.roles[j];
  if (isMiddleAsSurname(pairing, i, j)) return 'middleAsSurname';
  return (a === SURNAME && b === GIVEN) || (a === GIVEN && b === SURNAME) ? 'swappedRole' : relation;
}

/** The weight with which a pair is counted: where roles were told, the record's; where guessed, the greater. */
function weightOf({ record, typed }: Pairing, i: number, j: number): number {
  const own = record.weights[i] ?? 0;
  return record.told && typed.told ? own : Math.max(own, typed.weights[j] ?? 0);
}

/** Thousandths to a number of two digits. */
const rounded = (weight: number) => Math.round(weight / 10) / 100;
