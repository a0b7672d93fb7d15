import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { mayImport, type Place, placeOf, ROOMS } from './rooms.ts';
import { FOR_TESTS, type Import, SOURCES } from './sources.ts';

const PACKAGE = /^(?:@vidimus\/([a-z-]+)|(vidimus))(\/|$)/;

interface Arrow {
  readonly at: string;
  readonly from: string;
  readonly to: string;
  readonly found: Import;
}

/** Every import of one of our files by another. A package is named by what its `exports` lead to. */
const ARROWS: readonly Arrow[] = SOURCES.flatMap(({ path, imports }) =>
  imports.flatMap((found) => {
    const to = found.path ?? entryOf(found.specifier);
    return to === null ? [] : [{ at: `${path}:${found.line}`, from: path, to, found }];
  }),
);

function entryOf(specifier: string): string | null {
  const match = PACKAGE.exec(specifier);
  if (match === null) return null;
  if (specifier === 'vidimus/sandbox') return 'packages/server/src/start-sandbox.ts';
  return match[1] === undefined ? 'packages/server/src/assemble.ts' : `packages/${match[1]}/src/index.ts`;
}

function packageOf(path: string): string {
  return path.split('/').slice(0, 2).join('/');
}

test('more than sixty files were looked at, and their imports were found', () => {
  expect(SOURCES.length).toBeGreaterThan(60);
  expect(ARROWS.length).toBeGreaterThan(SOURCES.length);
});

test('every file belongs to a room of the table', () => {
  expect(SOURCES.filter(({ path }) => placeOf(path) === null).map(({ path }) => path)).toEqual([]);
});

test('imports keep the directions of the table', () => {
  const wrong = ARROWS.filter(({ from, to, found }) => {
    const [here, there] = [placeOf(from), placeOf(to)];
    return here !== null && (there === null || !mayImport(here, there, found.onlyTypes));
  });
  expect(wrong.map(({ at, to, found }) => `${at} → ${to}${found.onlyTypes ? ' (types)' : ''}`)).toEqual([]);
});

test('nothing that ships needs what exists for tests', () => {
  expect(ARROWS.filter(({ to }) => FOR_TESTS.test(to)).map(({ at, to }) => `${at} → ${to}`)).toEqual([]);
});

test('one package names another instead of reaching into it', () => {
  const wrong = ARROWS.filter(
    ({ from, to, found }) => found.path !== null && packageOf(from) !== packageOf(to),
  );
  expect(wrong.map(({ at, to }) => `${at} → ${to}`)).toEqual([]);
});

test('the pure rooms import no library and nothing of Node', () => {
  const wrong = SOURCES.flatMap(({ path, imports }) => {
    const place = placeOf(path);
    if (place === null || ROOMS[place.room]?.pure !== true) return [];
    return imports
      .filter(({ specifier }) => !specifier.startsWith('.') && !PACKAGE.test(specifier))
      .map(({ line, specifier }) => `${path}:${line} → ${specifier}`);
  });
  expect(wrong).toEqual([]);
});

test.each<{ between: string; nodeOf: (path: string) => string }>([
  { between: 'folders', nodeOf: (path) => (isAtRoot(path) ? path : dirname(path)) },
  { between: 'rooms with all that is in them', nodeOf: (path) => path.split('/').slice(0, 4).join('/') },
])('there is no cycle between $between', ({ nodeOf }) => {
  const graph = new Map<string, Set<string>>();
  for (const { from, to } of ARROWS) {
    const [here, there] = [nodeOf(from), nodeOf(to)];
    if (here !== there) graph.set(here, (graph.get(here) ?? new Set()).add(there));
  }
  expect(findCycle(graph)).toEqual([]);
});

/** Files at the root stand for themselves: `failure.ts` is everybody's, `assemble.ts` has everybody. */
function isAtRoot(path: string): boolean {
  return path.split('/').length === 4;
}

/** The nodes of one cycle, the first one again at the end; empty when there is none. */
function findCycle(graph: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const finished = new Set<string>();

  function visit(node: string, trail: readonly string[]): string[] {
    if (trail.includes(node)) return [...trail.slice(trail.indexOf(node)), node];
    if (finished.has(node)) return [];
    for (const next of graph.get(node) ?? []) {
      const cycle = visit(next, [...trail, node]);
      if (cycle.length > 0) return cycle;
    }
    finished.add(node);
    return [];
  }

  return [...graph.keys()].map((node) => visit(node, [])).find((cycle) => cycle.length > 0) ?? [];
}

test('a cycle would be found', () => {
  const graph = new Map([
    ['a', new Set(['b'])],
    ['b', new Set(['c'])],
    ['c', new Set(['d', 'b'])],
  ]);
  expect(findCycle(graph)).toEqual(['b', 'c', 'b']);
});

test.each([
  ['surfaces/cpr/routes.ts', 'surfaces/oauth/schema.ts'],
  ['surfaces/cpr/routes.ts', 'register/sqlite/schema.ts'],
  ['surfaces/cpr/routes.ts', 'storage/sqlite.ts'],
  ['surfaces/cpr/parts/form.ts', 'surfaces/oauth/schema.ts'],
  ['verification/look-up.ts', 'journal/journal.ts'],
  ['verification/look-up.ts', 'http/open-http.ts'],
  ['register/register.ts', 'register/sqlite/schema.ts'],
  ['register/sqlite/schema.ts', 'register/postgres/schema.ts'],
  ['accounts/account.ts', 'sandbox/persons.ts'],
  ['limits/budget.ts', 'storage/sqlite.ts'],
  ['http/open-http.ts', 'config/load.ts'],
  ['cli/serve.ts', 'surfaces/entrance.ts'],
])('%s may not import %s', (from, to) => {
  const [here, there] = [from, to].map((path) => placeOf(`packages/server/src/${path}`)) as [Place, Place];
  expect(mayImport(here, there, false)).toBe(false);
});
