import { globSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { REPOSITORY } from '@vidimus/testkit';
import { expect, test } from 'vitest';
import { SOURCES } from './sources.ts';

/** Tables of names and words are read by programs; nobody reads them through. */
const TABLES = 'packages/matching/src/data/';

/** Lines, as `wc -l` counts them, smallest file first. */
const SIZES = SOURCES.filter(({ path }) => !path.startsWith(TABLES))
  .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
  .sort((a, b) => a.lines - b.lines);

/** The smallest size that the given share of the files does not exceed. */
function percentile(share: number): number {
  return SIZES[Math.ceil(SIZES.length * share) - 1]?.lines ?? 0;
}

function distribution(): string {
  const shares = [0.1, 0.25, 0.5, 0.75, 0.9, 1].map((share) => `p${share * 100} ${percentile(share)}`);
  const largest = SIZES.slice(-10).map(({ path, lines }) => `  ${lines} ${path}`);
  return [`${SIZES.length} files, lines: ${shares.join(', ')}`, ...largest.reverse()].join('\n');
}

test.each([
  { share: 0.5, most: 90 },
  { share: 0.9, most: 250 },
  { share: 1, most: 400 },
])('$share of all files have at most $most lines', ({ share, most }) => {
  expect(percentile(share), distribution()).toBeLessThanOrEqual(most);
});

test('what puts the server together stays readable at one sitting', () => {
  const lines = SIZES.find(({ path }) => path === 'packages/server/src/assemble.ts')?.lines;
  expect(lines).toBeLessThan(150);
});

const NAMED = globSync(['packages/*/{src,test}/**/*', 'test/**/*'], { cwd: REPOSITORY });

test('files and folders are named in kebab-case', () => {
  const wrong = NAMED.filter((path) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(nameOf(path)) && isOurs(path));
  expect(wrong).toEqual([]);
});

/** Words that name a place for anything; a compound is what its last word says. */
const SAYS_NOTHING = /(^|-)(utils?|helpers?|common|managers?|services?|base|misc|types)$/;

test('no file and no folder has a name that says nothing', () => {
  expect(NAMED.filter((path) => SAYS_NOTHING.test(nameOf(path)))).toEqual([]);
  expect(NAMED.length).toBeGreaterThan(SOURCES.length);
});

function nameOf(path: string): string {
  return basename(path).replace(/(\.(test|fixture))?\.[a-z]+$/, '');
}

/** Vendors' own examples and official files keep the names they came with; a README is called README. */
function isOurs(path: string): boolean {
  return !/^(examples|data)$/.test(basename(dirname(path))) && basename(path) !== 'README.md';
}
