import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const REPOSITORY = join(import.meta.dirname, '../..');
const NOTICE = readFileSync(join(REPOSITORY, 'NOTICE'), 'utf8');
const DATA = globSync('packages/{server/sandbox,testkit/data}/**/*.*', { cwd: REPOSITORY }).filter(
  (path) => basename(path) !== 'README.md',
);

/** CPR's files come from several places: each is named, but for the broken ones, which come from one. */
function isNoticed(path: string): boolean {
  const folder = dirname(path);
  if (folder.includes('/cpr'))
    return NOTICE.includes(basename(path)) || NOTICE.includes(`${basename(folder)}/*`);
  return NOTICE.includes(folder) || NOTICE.includes(dirname(folder));
}

test('every data file that others may have made is named with its origin', () => {
  expect(DATA.length).toBeGreaterThan(25);
  expect(DATA.filter((path) => !isNoticed(path))).toEqual([]);
});
