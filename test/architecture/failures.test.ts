import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '@vidimus/testkit';
import { Visitor } from 'oxc-parser';
import { expect, test } from 'vitest';
import { FAILURES } from '../../packages/server/src/failure.ts';
import { SHIPPED, type Source } from './sources.ts';

const CODES = Object.keys(FAILURES).sort();

/** Rows of the page for operators: code, what it means, what to do. */
function documented(): { readonly code: string; readonly means: string; readonly remedy: string }[] {
  const page = readFileSync(join(REPOSITORY, 'docs/failures.md'), 'utf8');
  return [...page.matchAll(/^\| `([^`]+)` \|([^|]*)\|([^|]*)\|$/gm)].map(
    ([, code = '', means = '', remedy = '']) => ({ code, means: means.trim(), remedy: remedy.trim() }),
  );
}

test('the page for operators lists every failure and no other', () => {
  expect(
    documented()
      .map(({ code }) => code)
      .sort(),
  ).toEqual(CODES);
});

test('the page says of every failure what it means and what to do', () => {
  expect(documented().filter(({ means, remedy }) => means === '' || remedy === '')).toEqual([]);
});

/** The codes written where a `Failure` is made; `cond ? 'a' : 'b'` gives both. */
function thrown({ text, program }: Source): string[] {
  const codes: string[] = [];
  new Visitor({
    NewExpression({ callee, arguments: [code] }) {
      if (callee.type !== 'Identifier' || callee.name !== 'Failure' || code === undefined) return;
      codes.push(
        ...Array.from(text.slice(code.start, code.end).matchAll(/'([^']+)'/g), ([, name = '']) => name),
      );
    },
  }).visit(program);
  return codes;
}

test('every failure is thrown somewhere', () => {
  expect([...new Set(SHIPPED.flatMap(thrown))].sort()).toEqual(CODES);
});
