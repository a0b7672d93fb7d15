import { rmSync } from 'node:fs';
import { temporaryFolder } from '@vidimus/testkit';
import { expect, it } from 'vitest';
import { copyPages } from './copy-pages.ts';
import { REPOSITORY_PAGES } from './page-files.ts';
import { openSite } from './site.ts';

const LOOKED_AT = [
  '/docs/',
  '/docs/operate',
  '/docs/surfaces/cpr',
  '/docs/examples/cpr/ask.py',
  '/docs/search.json',
];

it('a release has the same pages as the repository', async () => {
  const folder = temporaryFolder();
  expect(copyPages(folder)).toBeGreaterThan(30);
  const [released, own] = [openSite(folder, '1.0.0', []), openSite(REPOSITORY_PAGES, '1.0.0', [])];
  rmSync(folder, { recursive: true });
  for (const path of LOOKED_AT) expect(await released.file(path), path).toEqual(await own.file(path));
});

it('a page is rendered once', async () => {
  const site = openSite(REPOSITORY_PAGES, '1.0.0', []);
  expect(await site.file('/docs/operate')).toBe(await site.file('/docs/operate'));
});
