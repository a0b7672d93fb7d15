import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type DocumentedBlock,
  documentedBlocks,
  freePort,
  freshCopy,
  newShell,
  printsAsShown,
  REPOSITORY,
  runInNewShell,
  shellScript,
} from '@vidimus/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** Pages in the order in which somebody reads them, and in which their commands build on each other. */
const PAGES = [
  'README.md',
  'docs/**/*.md',
  '{deploy,examples}/README.md',
  'packages/server/src/surfaces/*/README.md',
]
  .flatMap((pattern) => globSync(pattern, { cwd: REPOSITORY }).sort())
  // It needs a database, and a test of its own has one.
  .filter((page) => page !== 'docs/scale.md');
const OTHER_PAGES = ['*.md', 'docs/scale.md', 'packages/server/sandbox/*.md'].flatMap((pattern) =>
  globSync(pattern, { cwd: REPOSITORY }),
);
const BLOCKS = PAGES.flatMap((page) => documentedBlocks(page, readPage(page)));

const START = 'npm ci && npm start';
const CHECK = 'npm ci && npm test';
/** `npm ci` downloads a hundred packages, on a machine that tests other things beside it. */
const INSTALL_PATIENCE_MS = 300_000;

function readPage(page: string): string {
  return readFileSync(join(REPOSITORY, page), 'utf8');
}

function commandOf({ commands }: DocumentedBlock): string {
  return commands.map(({ text }) => text).join('\n');
}

/** Where the pages have 8080 (the sandbox) and 8081 (a live server), a test takes ports that are free. */
interface Ports {
  readonly 8080: number;
  readonly 8081: number;
}

/** On these pages `npx` finds the command by itself; on the others it is known by then where that leads. */
const WITH_NPX = ['README.md', 'docs/quickstart.md'];
const KNOWN_BY_NOW = (folder: string) => `npx() ( PATH="${folder}/node_modules/.bin:$PATH"; exec "$@" )\n`;

let ports: Ports;
let folder: string;
let running: ChildProcess;
let printed = '';

const here = (documented: string) =>
  documented.replace(/\b808[01]\b/g, (port) => String(ports[Number(port) as keyof Ports]));
const asDocumented = (text: string) =>
  text.replaceAll(`:${ports[8080]}`, ':8080').replaceAll(`:${ports[8081]}`, ':8081');
const sandboxUrl = () => here('http://127.0.0.1:8080');

/** Shows both texts where they differ. A page need not show what a command prints. */
function expectOutput(shown: DocumentedBlock['output'], text: string): void {
  if (shown === null) return;
  const comparable = asDocumented(text);
  expect(printsAsShown(shown, comparable) ? shown.text : comparable).toBe(shown.text);
}

function isRunning(): boolean {
  return running.exitCode === null && running.signalCode === null;
}

async function greeting(): Promise<void> {
  while (!printed.includes('Interactive documentation')) {
    if (!isRunning()) throw new Error(`${START} ended:\n${printed}`);
    await new Promise((later) => setTimeout(later, 100));
  }
}

// A machine with Node and npm only has no curl; where it is required, nothing is left out.
const isTried =
  (process.env['VIDIMUS_TEST_REQUIRE'] ?? '').split(',').includes('curl') ||
  spawnSync('curl', ['--version']).status === 0;

describe.skipIf(!isTried)('tried in a fresh copy, with npm and curl', () => {
  beforeAll(async () => {
    ports = { 8080: await freePort(), 8081: await freePort() };
    folder = freshCopy();
    running = spawn('sh', ['-c', START], {
      cwd: folder,
      env: { ...newShell(), VIDIMUS_PORT: String(ports[8080]) },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, which gets a Ctrl-C as a whole, as the jobs of a terminal do.
      detached: true,
    });
    for (const stream of [running.stdout, running.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        printed += text;
      });
    }
    await greeting();
  }, INSTALL_PATIENCE_MS);

  afterAll(async () => {
    if (isRunning()) {
      process.kill(-(running.pid as number), 'SIGKILL');
      await once(running, 'exit');
    }
    rmSync(folder, { recursive: true });
  }, INSTALL_PATIENCE_MS);

  test('the README begins with the two commands, and the first one prints what it shows', () => {
    expect(BLOCKS.slice(0, 2).map(commandOf)).toEqual([START, CHECK]);
    expectOutput(BLOCKS[0]?.output ?? null, printed);
  });

  describe('the printed curl lines, each in a new shell', () => {
    const lines = () => printed.split('\n').filter((line) => line.startsWith('curl '));

    async function answerTo(line: string | undefined): Promise<string> {
      const { exit, printed: answer } = await runInNewShell(line ?? 'false', '/');
      expect(exit).toBe(0);
      return answer.trim();
    }

    test('there are seven', () => {
      expect(lines()).toHaveLength(7);
    });

    test('a service token', async () => {
      expect(JSON.parse(await answerTo(lines()[0]))).toEqual({
        access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
        expires_in: 3600,
        token_type: 'Bearer',
        scope: 'neb_api',
      });
    });

    test('an unknown number', async () => {
      expect(await answerTo(lines()[2])).toBe(
        '{"errorMessage":"Failed to lookup CPR. You have a maximum of 5 failed CPR requests within 24 hours."}',
      );
    });

    test('a CPR record', async () => {
      expect(JSON.parse(await answerTo(lines()[3]))).toMatchObject({
        person: { cprNumber: '1307610015', personStatus: 'Active', isNameAddressProtected: false },
      });
    });

    test('our own API explains what does not fit', async () => {
      expect(JSON.parse(await answerTo(lines()[6]))).toMatchObject({
        outcome: 'compared',
        explanation: { fields: [{ field: 'name', alignment: [{ record: 'poul', typed: 'povl' }, {}, {}] }] },
      });
    });

    test.each([
      ['SSN Details of a known number', 1],
      ['a validation', 4],
      ['an SSN verification', 5],
    ])('%s, answered as the README shows it', async (_, place) => {
      expect(readPage('README.md').split('\n')).toContain(await answerTo(lines()[place]));
    });
  });

  describe('every documented command does what its page says', () => {
    const blocks = BLOCKS.filter((block) => ![START, CHECK].includes(commandOf(block)));

    test('there are commands to try', () => {
      expect(new Set(blocks.map(({ at }) => at.replace(/:\d+$/, ''))).size).toBeGreaterThanOrEqual(4);
    });

    test.each(blocks)('$at', async ({ at, commands, output }) => {
      const shortcut = WITH_NPX.includes(at.replace(/:\d+$/, '')) ? '' : KNOWN_BY_NOW(folder);
      const run = await runInNewShell(shortcut + here(shellScript(commands)), folder);
      expect(run.exit, run.printed).toBe(0);
      expectOutput(output, run.printed);
    });
  });

  test('Ctrl-C ends the server', async () => {
    // Its pipes are closed when npm and the server are gone too.
    const ended = once(running, 'close');
    process.kill(-(running.pid as number), 'SIGINT');
    await ended;
    expect(printed).toContain('"msg":"shutting down"');
    await expect(fetch(`${sandboxUrl()}/livez`)).rejects.toThrow('fetch failed');
  });
});

test('every link from page to page leads somewhere', () => {
  const broken = [...new Set([...PAGES, ...OTHER_PAGES])].flatMap((page) =>
    [...readPage(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
      .map(([, target = '']) => join(dirname(page), target))
      .filter((target) => !existsSync(join(REPOSITORY, target)))
      .map((target) => `${page} → ${target}`),
  );
  expect(broken).toEqual([]);
});
