import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { REPOSITORY, startServer, type TestServer, temporaryFolder } from '@vidimus/testkit';
import { parseSync } from 'oxc-parser';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildClient } from '../packages/client/build.ts';

let folder: string;
let built: string;
let tarball: Buffer;

beforeAll(async () => {
  folder = temporaryFolder();
  built = join(folder, 'built');
  await buildClient(built);
  const [{ filename }] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--pack-destination', folder], { cwd: built }).toString(),
  ) as [{ filename: string }];
  tarball = readFileSync(join(folder, filename));
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

test('what is published needs no other package, and has nothing that no one needs', () => {
  const manifest = JSON.parse(readFileSync(join(built, 'package.json'), 'utf8')) as Record<string, unknown>;
  expect(manifest['dependencies']).toBeUndefined();
  expect(Object.keys(manifest['peerDependencies'] as object)).toEqual(['vidimus']);
  expect(manifest['peerDependenciesMeta']).toEqual({ vidimus: { optional: true } });
  const imported = readdirSync(built)
    .filter((name) => name.endsWith('.js') || name.endsWith('.d.ts'))
    .flatMap((name) => parseSync(name, readFileSync(join(built, name), 'utf8')).module.staticImports);
  const foreign = imported
    .map(({ moduleRequest }) => moduleRequest.value)
    .filter((specifier) => !/^(\.\/|node:)/.test(specifier));
  expect(imported.length).toBeGreaterThan(4);
  expect(foreign).toEqual([]);
});

test('the entry for browsers imports nothing of Node', () => {
  expect(readFileSync(join(built, 'index.js'), 'utf8')).not.toContain('node:');
});

test('publint finds nothing', async () => {
  const { messages } = await publint({ pkgDir: built, pack: false, strict: true });
  expect(messages).toEqual([]);
});

test('the types are right for every way of resolving a module package', async () => {
  const analysis = await checkPackage(createPackageFromTarballData(new Uint8Array(tarball)));
  if (analysis.types === false) throw new Error('no types');
  // CommonJS code gets the module by `require` from Node 20.19 on, and old resolution knows no subpaths.
  const expected = new Set(['CJSResolvesToESM', 'NoResolution']);
  const unexpected = analysis.problems.filter(
    (problem) =>
      !expected.has(problem.kind) || (problem.kind === 'NoResolution' && problem.resolutionKind !== 'node10'),
  );
  expect(unexpected).toEqual([]);
});

/** The first Node in somebody's PATH that the SDK is for and the server is not. */
function olderNode(): string | null {
  const folders = (process.env['PATH'] ?? '').split(':').filter((path) => !path.includes('node_modules'));
  for (const path of folders) {
    const { status, stdout } = spawnSync(join(path, 'node'), ['--version'], { encoding: 'utf8' });
    const major = Number(/^v(\d+)/.exec(stdout)?.[1]);
    if (status === 0 && major >= 20 && major < 24) return join(path, 'node');
  }
  return null;
}

const older = olderNode();
const USE = `
import * as sdk from '@vidimus/client';
import { SANDBOX_CREDENTIALS, startSandbox } from '@vidimus/client/sandbox';
const started = process.argv[2] === undefined ? await startSandbox() : null;
const { openSsnDetails, openCpr, openSsnVerification, openVidimus, parseCpr, verifyProof, VidimusError } = sdk;
const options = { url: started?.url ?? process.argv[2], ...SANDBOX_CREDENTIALS };
const found = await openSsnDetails(options).lookUp('130761-0015');
const shown = await openCpr(options).lookUp({ cpr: '0701614011', reference: 'case' });
const graded = await openSsnVerification(options).verify({ ssn: '123-45-6789', firstName: 'John', lastName: 'Doe' });
const refused = await openCpr({ ...options, apiKey: 'wrong' }).brokers().catch((error) => error);
const ours = openVidimus(options);
const about = { register: 'ssn', number: '123-45-6789', reference: 'case', purpose: 'trying' };
const verified = await ours.verify({ ...about, given: 'John', surname: 'Doe' });
const proof = await ours.proof(verified.recordId);
const proven = await verifyProof(proof, proof.vkey);
const content = 'ssn,firstName,lastName\\n123-45-6789,John,Doe\\n';
const { id } = await ours.batches.create({ register: 'ssn', reference: 'list', purpose: 'trying' }, { format: 'csv', content });
await ours.batches.wait(id, { everyMs: 100 });
const rows = [];
for await (const row of ours.batches.results(id)) rows.push(row.ssnMatch);
console.log(JSON.stringify([verified.verdict, proven.kind, rows, found.kind, shown.kind, graded.kind, refused instanceof VidimusError, refused.kind, parseCpr('1307610015')]));
await started?.close();
`;
const ALONE = `
import { startSandbox } from './sandbox.js';
await startSandbox().catch(({ code, fix }) => console.log(code, fix.split(': ')[1]));
`;
const OUR_OWN = ['match', 'proven', ['fullMatch']];
const OF_VENDORS = ['found', 'protected', 'full-match', true, 'credentials'];
const USED = [...OUR_OWN, ...OF_VENDORS, { kind: 'cpr', cpr: '••••••-••••' }];

describe('the built SDK, installed', () => {
  let server: TestServer;
  let home: string;

  beforeAll(async () => {
    server = await startServer();
    home = join(folder, 'home');
    const scope = join(home, 'node_modules/@vidimus');
    mkdirSync(scope, { recursive: true });
    symlinkSync(built, join(scope, 'client'));
    symlinkSync(join(REPOSITORY, 'packages/server'), join(home, 'node_modules/vidimus'));
    writeFileSync(join(home, 'use.mjs'), USE);
  });
  afterAll(() => server.stop());

  function use(node: string, ...args: string[]): unknown {
    // Symlinks stay what they are, so that a package is looked for from where it was installed.
    const run = spawnSync(node, ['--preserve-symlinks', '--preserve-symlinks-main', 'use.mjs', ...args], {
      cwd: home,
      encoding: 'utf8',
      timeout: 50_000,
    });
    expect(run.status, run.stderr).toBe(0);
    return JSON.parse(run.stdout);
  }

  test('on the Node that runs the server', () => {
    expect(use(process.execPath, server.url)).toEqual(USED);
  });

  test.skipIf(older === null)('on an older Node, where there is one', () => {
    expect(use(older as string, server.url)).toEqual(USED);
  });

  test.skipIf(older === null)('on an older Node, with a sandbox beside it', () => {
    expect(use(older as string)).toEqual(USED);
  });

  test('without the server’s package there is no sandbox, and it is said what to install', () => {
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', ALONE], {
      cwd: built,
      encoding: 'utf8',
    });
    expect(run.stdout.trim()).toBe('vidimus-missing npm install --save-dev vidimus');
  });
});
