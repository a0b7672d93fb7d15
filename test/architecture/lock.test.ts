import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '@vidimus/testkit';
import { expect, test } from 'vitest';

interface LockedPackage {
  readonly link?: true;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(REPOSITORY, path), 'utf8'));
}

const LOCKED = Object.entries(
  (readJson('package-lock.json') as { packages: Record<string, LockedPackage> }).packages,
);
const MANIFESTS = ['package.json', ...globSync('packages/*/package.json', { cwd: REPOSITORY })].map(
  (path) => ({
    path,
    manifest: readJson(path) as Manifest,
  }),
);

// When a registry lacks a platform's package while the lock is written, npm leaves it out without a word, and
// `npm ci` stops on every platform.
test('the lock holds every optional dependency that it names', () => {
  const names = new Set(LOCKED.map(([path]) => path.replace(/^.*node_modules\//, '')));
  const missing = LOCKED.flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !names.has(name))
      .map((name) => `${path} needs ${name}`),
  );
  expect(missing).toEqual([]);
  expect(LOCKED.length).toBeGreaterThan(100);
});

test('the lock names no registry, so that everybody installs from their own', () => {
  const addresses = LOCKED.filter(([, { link, resolved }]) => resolved !== undefined && link !== true);
  expect(addresses.map(([path, { resolved }]) => `${path}: ${resolved}`)).toEqual([]);
  const leads = LOCKED.flatMap(([, { link, resolved }]) => (link === true ? [resolved] : []));
  expect(leads.filter((path) => !path?.startsWith('packages/') && path !== 'bench')).toEqual([]);
});

test('every dependency has one exact version, siblings have any', () => {
  const siblings = new Set(MANIFESTS.map(({ manifest }) => manifest.name));
  const loose = MANIFESTS.flatMap(({ path, manifest }) =>
    [
      manifest.dependencies,
      manifest.devDependencies,
      manifest.optionalDependencies,
      manifest.peerDependencies,
    ].flatMap((versions) =>
      Object.entries(versions ?? {})
        .filter(([name, version]) =>
          siblings.has(name) ? version !== '*' : !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
        )
        .map(([name, version]) => `${path}: ${name} ${version}`),
    ),
  );
  expect(loose).toEqual([]);
});

// Without it `npm ci` takes whatever a registry serves under a name and version.
test('the lock holds a hash of every package', () => {
  const unhashed = LOCKED.filter(
    ([path, { link, integrity }]) =>
      path.includes('node_modules/') && link !== true && integrity === undefined,
  );
  expect(unhashed.map(([path]) => path)).toEqual([]);
});
