import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'tsdown';

const HERE = import.meta.dirname;
const REPOSITORY = join(HERE, '../..');

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly engines: object;
  readonly peerDependencies: object;
  readonly peerDependenciesMeta: object;
}

/** Whose code stands in the bundle, under licences that ask to be told. */
const BUNDLED = ['@noble/curves', '@noble/hashes'];

function noticeOf(name: string): string {
  const licence = readFileSync(join(REPOSITORY, 'node_modules', name, 'LICENSE'), 'utf8');
  return `This package holds code of ${name}:\n\n${licence}`;
}

/**
 * Builds what is published into `folder`: the SDK with `numbers`, `ledger` and its cryptography in it, its types, and
 * a manifest without a dependency. `npm publish` and `npm pack` take that folder as it is.
 */
export async function buildClient(folder: string): Promise<void> {
  await build({
    cwd: REPOSITORY,
    config: false,
    logLevel: 'error',
    tsconfig: 'tsconfig.client.json',
    entry: { index: 'packages/client/src/index.ts', sandbox: 'packages/client/src/sandbox.ts' },
    outDir: folder,
    format: 'esm',
    platform: 'neutral',
    target: 'es2023',
    dts: true,
    // Looked for only when a sandbox is asked for.
    deps: { onlyBundle: false, neverBundle: ['vidimus/sandbox'] },
  });
  const source = JSON.parse(readFileSync(join(HERE, 'package.json'), 'utf8')) as Manifest;
  const { name, version, description, license, engines, peerDependencies, peerDependenciesMeta } = source;
  const manifest = {
    name,
    version,
    description,
    license,
    type: 'module',
    sideEffects: false,
    engines,
    exports: {
      '.': { types: './index.d.ts', default: './index.js' },
      './sandbox': { types: './sandbox.d.ts', default: './sandbox.js' },
      './package.json': './package.json',
    },
    peerDependencies,
    peerDependenciesMeta,
  };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  copyFileSync(join(HERE, 'README.md'), join(folder, 'README.md'));
  copyFileSync(join(REPOSITORY, 'LICENSE'), join(folder, 'LICENSE'));
  writeFileSync(join(folder, 'NOTICE'), BUNDLED.map(noticeOf).join('\n'));
}

if (process.argv[1] === import.meta.filename) await buildClient(join(HERE, 'dist'));
