import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY, startServer, type TestServer, temporaryFolder } from '@vidimus/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** The TypeScript of a page, block by block. */
function blocksOf(page: string): string[] {
  const text = readFileSync(join(REPOSITORY, page), 'utf8');
  return Array.from(text.matchAll(/^```ts\n([\s\S]*?)^```$/gm), ([, block = '']) => block);
}

const IMPORT = /^import .*;\n/gm;

/** One program of them all: what the first block declares the others use, and what they declare is theirs. */
function programOf([first = '', ...others]: readonly string[]): string {
  const imports = [first, ...others].flatMap((block) => block.match(IMPORT) ?? []);
  const bodies = [first, ...others.map((block) => `{\n${block}}\n`)];
  return imports.join('') + bodies.map((body) => body.replace(IMPORT, '')).join('');
}

let server: TestServer;
let folder: string;
beforeAll(async () => {
  server = await startServer();
  folder = temporaryFolder();
  symlinkSync(join(REPOSITORY, 'node_modules'), join(folder, 'node_modules'));
  copyFileSync(join(REPOSITORY, 'examples/customers.csv'), join(folder, 'customers.csv'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const STRICT = ['--strict', '--exactOptionalPropertyTypes', '--skipLibCheck', '--ignoreConfig'];
const AS_NODE_RUNS_IT = ['--target', 'es2024', '--module', 'nodenext', '--types', 'node', '--noEmit'];

/** What the compiler has to say of a program in somebody's own folder. */
function complaintsAbout(program: string): string {
  const path = join(folder, 'compiled.ts');
  writeFileSync(path, program);
  const options = [...STRICT, ...AS_NODE_RUNS_IT, '--allowImportingTsExtensions'];
  return spawnSync('tsc', [...options, path], { cwd: folder, encoding: 'utf8' }).stdout;
}

function printedBy(program: string): string {
  const path = join(folder, 'program.ts');
  writeFileSync(path, program);
  const { stdout, stderr } = spawnSync(process.execPath, [path], { cwd: folder, encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout;
}

test('the SDK’s page', () => {
  const blocks = blocksOf('packages/client/README.md');
  expect(blocks).toHaveLength(3);
  // The block about tests is run only: to compile it is to compile the whole server.
  expect(complaintsAbout(programOf(blocks.slice(0, 2)))).toBe('');
  const printed = printedBy(programOf(blocks).replace('http://127.0.0.1:8080', server.url)).split('\n');
  expect(printed[0]).toBe('Junkersen 9000');
  expect(printed).toContain('3 of 3');
  expect(printed.at(-2)).toMatch(/^case-2 \[.*NameMismatch.*\]$/);
}, 60_000);

test('the page of the matching engine', () => {
  const [block = '', ...more] = blocksOf('docs/matching.md');
  expect(more).toEqual([]);
  expect(complaintsAbout(block)).toBe('');
  const [, score, verdict, risk] = /overallScore (\d+), verdict (\w+), risk (\w+)$/m.exec(block) ?? [];
  const program = `${block.replace(/^combine\(/m, 'const result = combine(')}
console.log(result.overallScore, result.verdict, result.risk.level);`;
  expect(printedBy(program)).toBe(`${score} ${verdict} ${risk}\n`);
}, 60_000);
