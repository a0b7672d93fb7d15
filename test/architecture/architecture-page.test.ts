import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '@vidimus/testkit';
import { expect, test } from 'vitest';

const PAGE = readFileSync(join(REPOSITORY, 'docs/architecture.md'), 'utf8');

/** What the first column of the tables below "Rooms" names, without the slash of a folder. */
function listed(): string[] {
  const [, rooms = ''] = /^## Rooms$([\s\S]*?)^## /m.exec(PAGE) ?? [];
  return [...rooms.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, names = '']) =>
    [...names.matchAll(/`([^`]+?)\/?`/g)].map(([, name = '']) => name),
  );
}

function entriesOf(folder: string): string[] {
  return readdirSync(join(REPOSITORY, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() || entry.name.endsWith('.ts'))
    .map(({ name }) => name)
    .filter((name) => name !== 'node_modules' && !name.endsWith('.test.ts'));
}

test('the page has every package, and every folder and file at the top of the server', () => {
  const packages = entriesOf('packages').map((name) => `packages/${name}`);
  const rooms = entriesOf('packages/server/src');
  expect(rooms.length).toBeGreaterThan(20);
  expect([...packages, ...rooms].filter((name) => !listed().includes(name))).toEqual([]);
});

test('and names nothing that is not there', () => {
  const there = new Set([
    ...entriesOf('packages').map((name) => `packages/${name}`),
    ...readdirSync(join(REPOSITORY, 'packages/server/src'), { recursive: true, encoding: 'utf8' }),
    ...readdirSync(REPOSITORY),
  ]);
  expect(listed().filter((name) => !name.includes('<') && !there.has(name))).toEqual([]);
});
