import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  plainEnvironment,
  REPOSITORY,
  startServer,
  type TestServer,
  temporaryFolder,
  vidimus,
} from '@vidimus/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const EXAMPLES = join(REPOSITORY, 'examples');
const required = (process.env['VIDIMUS_TEST_REQUIRE'] ?? '').split(',');

/** What runs the files of a language, and whether it is here. */
const LANGUAGES = [
  { language: 'curl', file: 'ask.sh', command: 'sh', isHere: isHere('curl', 'curl') },
  { language: 'TypeScript', file: 'ask.ts', command: process.execPath, isHere: true },
  { language: 'Python', file: 'ask.py', command: 'python3', isHere: isHere('python3', 'python') },
] as const;

/** Each example's question, and what the sandbox answers: in short, and as curl shows it. */
const QUESTIONS = [
  {
    surface: 'ssn-details',
    args: [],
    stdin: '1307610015\n',
    answer: /^Active: Poul Udt Junkersen$/,
    raw: /^\{"ssn\.details\.status":"success".*\n200$/,
  },
  {
    surface: 'ssn-details',
    args: [],
    stdin: '0701614011\n',
    answer: /^known; name and address are protected$/,
    raw: /"ssn\.details\.name_address_protected":"true".*\n200$/,
  },
  {
    surface: 'ssn-details',
    args: [],
    stdin: '1234567890\n',
    answer: /^refused with 400: Invalid Cpr parameter$/,
    raw: /^\{"errorMessage":"Invalid Cpr parameter"\}\n400$/,
  },
  {
    surface: 'ssn-verification',
    args: ['John', 'Doe'],
    stdin: '123-45-6789\n',
    answer: /^fullMatch: both names fit$/,
    raw: /"ssnMatch":"fullMatch".*\n200$/,
  },
  {
    surface: 'ssn-verification',
    args: ['J0hn', 'Doe'],
    stdin: '123-45-6789\n',
    answer: /^refused with 400: Please provide valid firstName$/,
    raw: /"error":"Please provide valid firstName"\}\n400$/,
  },
] as const;

const CUSTOMER = readFileSync(join(EXAMPLES, 'cpr/customer.json'), 'utf8');

function isHere(command: string, name: string): boolean {
  return required.includes(name) || spawnSync(command, ['--version']).status === 0;
}

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
});

afterAll(async () => {
  await server.stop();
});

/** Runs an example against the server of this file, and gives what it prints. */
async function ask(command: string, path: string, args: readonly string[], stdin: string): Promise<string> {
  const child = spawn(command, [path, ...args], {
    env: { ...plainEnvironment(), VIDIMUS_URL: server.url },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  child.stdin.end(stdin);
  const [exit] = (await once(child, 'close')) as [number | null];
  expect(exit).toBe(0);
  return printed.trim();
}

describe.each(LANGUAGES)('$language', ({ file, command, isHere: isTried }) => {
  test.skipIf(!isTried).each(QUESTIONS)(
    '$surface: $answer',
    async ({ surface, args, stdin, answer, raw }) => {
      const printed = await ask(command, join(EXAMPLES, surface, file), args, stdin);
      expect(printed).toMatch(file === 'ask.sh' ? raw : answer);
    },
  );

  test.skipIf(!isTried)('vidimus', async () => {
    const question = readFileSync(join(EXAMPLES, 'vidimus/customer.json'), 'utf8');
    const run = (stdin: string) => ask(command, join(EXAMPLES, 'vidimus', file), [], stdin);
    const isRaw = file === 'ask.sh';
    const compared =
      /^partialMatch 80, risk medium\n {2}address mismatch: The house number is another one\.$/;
    expect(await run(question)).toMatch(isRaw ? /^\{"outcome":"compared".*\n200$/ : compared);
    const refused = await run(question.replace('"surname"', '"lastName"'));
    expect(refused).toMatch(isRaw ? /"code":"input-invalid".*\n422$/ : /^refused \(input-invalid\): \S/);
  });

  test.skipIf(!isTried)('cpr', async () => {
    const isLookup = file === 'ask.sh';
    const stdin = isLookup ? '1307610015\n' : CUSTOMER;
    const printed = await ask(command, join(EXAMPLES, 'cpr', file), ['case-812'], stdin);
    expect(printed).toMatch(isLookup ? /^\{"person":.*\n200$/ : /^PartialMatch, risk Medium/);
  });
});

describe.skipIf(!isHere('mcs', 'mcs'))('C#', () => {
  test.each(globSync('*/*.cs', { cwd: EXAMPLES }))('%s compiles', (source) => {
    const folder = temporaryFolder();
    const options = ['-r:System.Net.Http.dll', `-out:${join(folder, 'example.exe')}`];
    const { status, stdout, stderr } = spawnSync('mcs', [...options, join(EXAMPLES, source)]);
    rmSync(folder, { recursive: true });
    expect(status, `${stdout.toString()}${stderr.toString()}`).toBe(0);
  });
});

test('the list has every example, and no other', () => {
  const listed = readFileSync(join(EXAMPLES, 'README.md'), 'utf8');
  const files = globSync('**/*.*', { cwd: EXAMPLES }).filter((path) => path !== 'README.md');
  expect(files.filter((path) => !listed.includes(`](${path})`))).toEqual([]);
});

describe.skipIf(!isHere('python3', 'python'))('an exported ledger', () => {
  test.each(['verify_ledger.py', 'verify_root.py'])(
    '%s finds it intact, and a changed one damaged',
    async (name) => {
      const folder = join(temporaryFolder(), 'export');
      await vidimus(['audit', 'export', folder, '--data', server.folder, '--sandbox']);
      const verify = () => spawnSync('python3', [join(EXAMPLES, name), folder]);
      expect(verify()).toMatchObject({ status: 0 });
      const entries = join(folder, 'entries.jsonl');
      const changed = readFileSync(entries, 'utf8')
        .replace('fullMatch', 'noMatch')
        .replace('sandbox', 'sandbux');
      expect(changed).not.toBe(readFileSync(entries, 'utf8'));
      writeFileSync(entries, changed);
      expect(verify()).toMatchObject({ status: 5 });
      rmSync(folder, { recursive: true });
    },
  );
});
