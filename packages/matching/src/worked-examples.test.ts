import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareAddress, compareName, prepareAddress, prepareName } from './index.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../../docs/matching.md'), 'utf8');

/** A name of the page with what is typed for it, its score and code, and a row for each pair of words. */
const NAMES = Array.from(
  PAGE.matchAll(/^(\S.*?) \/ (.+?) {2,}(\d+) {2}(\w+)\n((?: {2}\S.*\n)+)/gm),
  ([, record = '', typed = '', score = '', code = '', rows = '']) => ({
    record,
    typed,
    score: Number(score),
    code,
    rows: Array.from(
      rows.matchAll(/^ {2}(\S+) +(\S+) +(\w+) +(\d+) +(?:weight )?(\d?\.\d+)/gm),
      ([, recorded, given, relation, likeness, weight]) => ({
        record: recorded,
        typed: given === '–' ? null : given,
        relation,
        score: Number(likeness),
        weight: Number(weight),
      }),
    ),
  }),
);

/** First names, middle names and surname of a name that is written in this order. */
function parts(name: string) {
  const words = name.split(' ');
  return { given: words[0] ?? '', middle: words.slice(1, -1).join(' '), surname: words.at(-1) ?? '' };
}

describe('the worked examples of docs/matching.md', () => {
  it('are there', () => {
    expect(NAMES.length).toBeGreaterThanOrEqual(3);
  });

  it.each(NAMES)('$record / $typed', ({ record, typed, score, code, rows }) => {
    const { given, middle, surname } = parts(typed);
    const result = compareName(
      prepareName(parts(record), { profile: 'dk' }),
      { given: `${given} ${middle}`.trim(), surname },
      { explain: true },
    );
    expect({ score: result.score, code: result.code }).toEqual({ score, code });
    expect(result.explanation).toMatchObject(rows);
    expect(result.explanation).toHaveLength(rows.length);
  });

  it('the address', () => {
    const [, record = '', typed = '', score = '', code = '', told = ''] =
      /^(\S.*\d{4}.*) \/ (.+)\n {2}(\d+) {2}(\w+): (.+)$/m.exec(PAGE) ?? [];
    const result = compareAddress(
      prepareAddress({ line: record }, { profile: 'dk' }),
      { line: typed },
      { explain: true },
    );
    expect({ score: result.score, code: result.code }).toEqual({ score: Number(score), code });
    const relations = told.split(', ').map((part) => part.split(' ')[1]);
    expect(result.explanation?.map(({ relation }) => relation)).toEqual(relations);
  });
});
