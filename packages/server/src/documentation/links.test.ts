import { expect, it } from 'vitest';
import { linksFrom, twinOf } from './links.ts';

const PAGES = [
  { path: 'docs/README.md', address: '' },
  { path: 'docs/operate.md', address: 'operate' },
  { path: 'docs/migrate/hyperverge.md', address: 'migrate/hyperverge' },
  { path: 'docs/errors/README.md', address: 'errors' },
  { path: 'packages/server/src/surfaces/cpr/README.md', address: 'surfaces/cpr' },
];

it.each([
  ['operate.md', '/docs/operate'],
  ['operate.md#keys', '/docs/operate#keys'],
  ['#keys', '#keys'],
  ['README.md', '/docs/'],
  ['errors', '/docs/errors'],
  ['errors/', '/docs/errors'],
  ['../packages/server/src/surfaces/cpr/README.md#lookup', '/docs/surfaces/cpr#lookup'],
  ['../test/crash.test.ts', null],
  ['https://c2sp.org/tlog-proof', 'https://c2sp.org/tlog-proof'],
  ['http://127.0.0.1:8080/op/swagger/index.html', '/op/swagger/index.html'],
  ['http://127.0.0.1:8080', '/'],
])('%s leads to %s', (target, leads) => {
  expect(linksFrom({ path: 'docs/sandbox.md', address: 'sandbox' }, PAGES)(target)).toBe(leads);
});

it('reads a link from where its page stands', () => {
  expect(linksFrom(PAGES[2] as (typeof PAGES)[number], PAGES)('../operate.md')).toBe('/docs/operate');
});

it('the index has a Markdown too', () => {
  expect(twinOf('')).toBe('/docs/index.md');
});
