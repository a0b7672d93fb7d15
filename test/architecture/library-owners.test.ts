import { expect, test } from 'vitest';
import { placeOf } from './rooms.ts';
import { SHIPPED } from './sources.ts';

/**
 * The one room that knows a library, so that replacing it is work in one place. Two rooms where one makes
 * what the other fills: `http` opens Fastify and the surfaces hang their routes into it.
 */
const OWNERS: Readonly<Record<string, readonly string[]>> = {
  'node:sqlite': ['storage'],
  pg: ['storage/postgres'],
  'pg-copy-streams': ['storage/postgres'],
  fastify: ['http', 'surfaces', 'surfaces/<surface>'],
  '@fastify/swagger': ['http', 'surfaces', 'surfaces/<surface>'],
  '@fastify/swagger-ui': ['http', 'surfaces', 'surfaces/<surface>'],
  typebox: ['contract', 'http', 'surfaces', 'surfaces/<surface>'],
  jose: ['tokens'],
  'lru-cache': ['tokens'],
  pino: ['operations'],
  'prom-client': ['operations'],
  commander: ['cli'],
  'csv-parse': ['csv'],
  leven: ['batch', 'config'],
  piscina: ['batch', 'register/import'],
  '@noble/curves': ['client'],
  '@noble/hashes': ['client'],
  marked: ['documentation'],
  'github-slugger': ['documentation'],
  'highlight.js': ['documentation'],
  minisearch: ['documentation'],
};

/** Of Node's own modules only those with an owner are libraries here; the rest is the language. */
const LIBRARIES = SHIPPED.flatMap(({ path, imports }) =>
  imports
    .map(({ line, specifier }) => ({ at: `${path}:${line}`, path, library: nameOf(specifier) }))
    .filter(({ library }) => library !== null),
);

function nameOf(specifier: string): string | null {
  if (specifier.startsWith('node:')) return Object.hasOwn(OWNERS, specifier) ? specifier : null;
  if (/^(\.|@vidimus\/|vidimus(\/|$))/.test(specifier)) return null;
  return /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? null;
}

test('every library has an owner, and every owner has a library', () => {
  const used = new Set(LIBRARIES.map(({ library }) => library));
  expect([...used].filter((library) => !Object.hasOwn(OWNERS, library as string))).toEqual([]);
  expect(Object.keys(OWNERS).filter((library) => !used.has(library))).toEqual([]);
});

test('only its owner imports a library, its types included', () => {
  const wrong = LIBRARIES.filter(({ path, library }) => {
    const owners = OWNERS[library as string] ?? [];
    return !owners.includes(placeOf(path)?.room ?? '');
  });
  expect(wrong.map(({ at, library }) => `${at} → ${library}`)).toEqual([]);
});
