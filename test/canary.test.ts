import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  type CommandRun,
  plainEnvironment,
  RawConnection,
  serviceToken,
  startServer,
  type TestServer,
  temporaryFolder,
  VIDIMUS,
  vidimus,
} from '@vidimus/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { populationExtract } from '../packages/server/src/register/import/formats/population-extract.fixture.ts';
import { type Account, AUDIT, CASE_WORDS, Client, details, shownOf } from './canary/asking.ts';
import {
  type Command,
  fileCommands,
  KEY_COMMANDS,
  ledgerCommands,
  questionCommands,
} from './canary/commands.ts';
import {
  CANARY_HOLDERS,
  type CanaryHolder,
  canaryCsv,
  canarySsn,
  REFUSED_HOLDER,
  textsOfHolder,
} from './canary/holders.ts';
import { askOursAbout, askOursAboutHolder, ownDetails, ownLookup, readOurs } from './canary/own-questions.ts';
import {
  CANARY_PERSONS,
  canaryExtract,
  canaryNumber,
  OPEN_PERSON,
  PROTECTED_PERSON,
  REFUSED_PERSON,
  TYPED,
  textsOf,
} from './canary/persons.ts';
import { askAbout, askAboutHolder, askBadly, askElsewhere } from './canary/questions.ts';
import { Witness } from './canary/witness.ts';
import { improbableWord } from './canary/words.ts';
import { pagePaths } from './documentation/views.ts';

const UNKNOWN = Array.from({ length: 8 }, (_, at) => canaryNumber(`unknown ${at}`).cpr);
const UNKNOWN_SSN = canarySsn('unknown');
const MANY_NAMES = Array.from({ length: 14 }, (_, at) => improbableWord(`tried name ${at}`));
const witness = new Witness([
  ...CANARY_PERSONS.flatMap(textsOf),
  ...textsOf(REFUSED_PERSON),
  ...CANARY_HOLDERS.flatMap(textsOfHolder),
  ...Object.values(REFUSED_HOLDER),
  ...Object.values(TYPED),
  ...UNKNOWN,
  UNKNOWN_SSN,
  ...MANY_NAMES,
  ...CASE_WORDS,
]);

const DAMAGED = '999999.db';
const folder = temporaryFolder();
const inputs = temporaryFolder();
const PERSONS = join(inputs, 'persons.txt');
const HOLDERS = join(inputs, 'holders.csv');
const temporary = mkdtempSync(join(temporaryFolder(), 'tmp-'));
const environment = {
  TMPDIR: temporary,
  SQLITE_TMPDIR: temporary,
  // Node keeps compiled code in the temporary folder; each command would compile itself anew in an empty one.
  NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache'),
};

let server: TestServer;
let client: Client;
let plain: Client;
let guesser: Client;

beforeAll(async () => {
  server = await startServer({ sandbox: false, folder, flags: ['--log-level', 'debug'], environment });
  writeFileSync(PERSONS, canaryExtract());
  writeFileSync(HOLDERS, canaryCsv());
  await run(['import', 'cpr', PERSONS]);
  await run(['import', 'ssn', '--format', 'csv', HOLDERS]);
  client = await clientFor('honest', '--capability', 'protected.compare');
  plain = await clientFor('plain');
  guesser = await clientFor('guesser');
  while ((await fetch(`${server.url}/readyz`)).status !== 200) {
    await new Promise((later) => setTimeout(later, 50));
  }
});
afterAll(() => server.stop('SIGKILL'));

/** Runs a command; what it prints is shown to the witness, and `allowed` is what may be on its stdout. */
async function run(
  args: readonly string[],
  stdin = '',
  allowed: readonly string[] = [],
): Promise<CommandRun> {
  // A backup is looked at where it lies, without the folder that it was made of.
  const where = args.join(' ').startsWith('backup verify') ? [] : ['--data', folder];
  const done = await vidimus([...args, ...where], { stdin, environment });
  witness.look(`stdout of ${args.slice(0, 2).join(' ')}`, done.stdout, allowed);
  witness.look(`stderr of ${args.slice(0, 2).join(' ')}`, done.stderr);
  // On a machine with other work the ledger's thread may start too late for a command that asks one question.
  return /ledger-unwritable/.test(done.stdout + done.stderr) ? run(args, stdin, allowed) : done;
}

async function clientFor(name: string, ...flags: string[]): Promise<Client> {
  const { stdout } = await run(['account', 'add', name, ...flags, '--limit', 'rate=1000000', '--json']);
  const account = JSON.parse(stdout) as Account;
  return new Client(server.url, account, await serviceToken(server.url, account.oauth), witness);
}

/** What lies on disk and what a monitor sees, at this moment. */
async function lookAround(): Promise<void> {
  const files = witness.lookBelow(folder);
  expect(files).toEqual(expect.arrayContaining(['ledger.db', 'ledger.db-wal', 'control.db', 'current']));
  witness.lookBelow(temporary);
  for (const path of [
    '/metrics',
    '/readyz?verbose',
    '/livez',
    '/',
    '/op/swagger/json',
    '/api/swagger/json',
    '/vidimus/v1/openapi.json',
  ]) {
    await client.ask(path, { method: 'GET' });
  }
  witness.look('what the server prints', server.output());
}

test('questions about every person, right and wrong', async () => {
  await Promise.all([
    ...CANARY_PERSONS.map((person) => askAbout(client, person)),
    // Without the capability to have protected persons compared.
    ...CANARY_PERSONS.map((person) => askAbout(plain, person)),
    ...CANARY_HOLDERS.map((holder) => askAboutHolder(client, holder)),
    ...CANARY_PERSONS.map((person) => askOursAbout(client, person)),
    ...CANARY_PERSONS.map((person) => askOursAbout(plain, person)),
    ...CANARY_HOLDERS.map((holder) => askOursAboutHolder(client, holder)),
  ]);
  await lookAround();
  expect(witness.sightings()).toEqual([]);
  const expected = CANARY_PERSONS.flatMap(shownOf);
  expect(expected).toHaveLength(48);
  expect(expected.filter((text) => !witness.shown.has(text))).toEqual([]);
});

test('numbers that nobody holds, up to the block and behind it', async () => {
  for (const [at, cpr] of UNKNOWN.entries()) {
    if (at % 4 === 0) await guesser.ssnDetails(JSON.stringify({ Cpr: cpr }));
    else if (at % 4 === 3) await guesser.ours('/lookups', ownLookup(cpr));
    else if (at % 4 === 1) await guesser.cpr('lookup', JSON.stringify({ audit: AUDIT, cpr }));
    else await guesser.cpr('validate', details({ ...PROTECTED_PERSON, cpr }));
  }
  expect(guesser.statuses).toEqual(
    new Map([
      [400, 4],
      [404, 1],
      [200, 2],
      [429, 1],
    ]),
  );
  await askBadly(guesser, PROTECTED_PERSON);
  for (const name of MANY_NAMES) {
    await client.verify(JSON.stringify({ firstName: name, lastName: name, ssn: UNKNOWN_SSN }), {
      'content-type': 'application/json',
    });
  }
  expect(client.statuses.get(429)).toBeGreaterThan(0);
  await lookAround();
  expect(witness.sightings()).toEqual([]);
});

test('bad requests that hold all that a person is known by, wherever it may stand', async () => {
  await Promise.all(
    [OPEN_PERSON, PROTECTED_PERSON].map(async (person) => {
      await askBadly(client, person);
      await askElsewhere(client, person, `${person.cpr.slice(0, 6)}-${person.cpr.slice(6)}`);
      await sendNoise(textsOf(person).join(' '), person.cpr);
    }),
  );
  await lookAround();
  expect(witness.sightings()).toEqual([]);
  expect([...client.statuses.keys()]).toEqual(
    expect.arrayContaining([200, 400, 401, 404, 405, 413, 415, 422]),
  );
});

/** Bytes that are no request, with a person in them. */
async function sendNoise(words: string, cpr: string): Promise<void> {
  const text = Buffer.from(words).toString('latin1');
  const head = 'POST /v1/ssnVerification HTTP/1.1\r\nHost: a\r\n';
  const noises = [
    `${text}\r\n\r\n`,
    `GET /${text} HTTP/1.1\r\n\r\n`,
    `${cpr} / HTTP/1.1\r\nHost: ${cpr}\r\n\r\n`,
    `${head}${cpr} : a\r\n\r\n`,
    `${head}X-A: ${text.repeat(100)}\r\n\r\n`,
    `${head}Transfer-Encoding: chunked\r\n\r\n${cpr}\r\n${text}`,
    `GET / HTTP/1.1\r\nHost: ${cpr} ${cpr}\r\n\r\n`,
    `GET / HTTP/1.1\r\nHost: a\r\nExpect: ${cpr}\r\nUpgrade: ${cpr}\r\nConnection: close, upgrade\r\n\r\n`,
  ];
  for (const noise of noises) {
    const connection = await RawConnection.open(server.url);
    connection.send(noise);
    connection.finish();
    for (const { status, headers, body } of await connection.answersUntilClosed()) {
      witness.look(`noise ${status}`, body);
      witness.look(`headers of noise ${status}`, [...headers.values()].join('\n'));
    }
  }
}

test('the records show an account its own words about its questions, and nothing of the persons', async () => {
  expect(await client.records('pageSize=500')).toBe(200);
  expect(await client.records(`externalReference=${encodeURIComponent(AUDIT.externalReference)}`)).toBe(200);
  await readOurs(client, CASE_WORDS);
  for (const path of await pagePaths(server.url)) await client.ask(path, { method: 'GET' });
  expect(CASE_WORDS.filter((word) => !witness.shown.has(word))).toEqual([]);
  expect(witness.sightings()).toEqual([]);
});

test('while the ledger cannot be written', async () => {
  const foreign = new DatabaseSync(join(folder, 'ledger.db'));
  foreign.exec('begin immediate');
  const before = client.statuses.get(503) ?? 0;
  const { cpr } = OPEN_PERSON;
  const { first, last, ssn } = CANARY_HOLDERS[0] as CanaryHolder;
  await Promise.all([
    client.ssnDetails(JSON.stringify({ Cpr: cpr })),
    client.cpr('lookup', JSON.stringify({ audit: AUDIT, cpr })),
    client.cpr('validate', details(OPEN_PERSON)),
    client.verify(new URLSearchParams({ firstName: first, lastName: last, ssn })),
    client.ours('/lookups', ownLookup(cpr), [], { 'idempotency-key': cpr }),
    client.ours('/verifications', ownDetails(OPEN_PERSON)),
    client.ask('/readyz', { method: 'GET' }),
  ]);
  foreign.exec('rollback');
  foreign.close();
  expect(client.statuses.get(503)).toBe(before + 7);
  expect(witness.sightings()).toEqual([]);
});

async function expectCommands(commands: readonly Command[]): Promise<void> {
  for (const [exit, args, stdin, allowed] of commands) {
    expect({ args, exit: (await run(args, stdin, allowed)).exit }).toEqual({ args, exit });
  }
}

test('every command that is given a person, or could come upon one', async () => {
  await Promise.all([
    expectCommands(questionCommands(UNKNOWN[0] as string)),
    expectCommands(fileCommands(PERSONS, HOLDERS)),
    expectCommands(ledgerCommands(inputs)),
  ]);
  await expectCommands(KEY_COMMANDS);
  witness.lookBelow(join(inputs, 'backup'));
  witness.lookBelow(join(inputs, 'export'), CASE_WORDS);
  await lookAround();
  expect(witness.sightings()).toEqual([]);
});

test('an import that is killed leaves nothing that can be read', async () => {
  const path = join(inputs, 'large.txt');
  const large = [...populationExtract({ seed: 1, persons: 15_000 })];
  const [first, ...rest] = large as [Buffer, ...Buffer[]];
  const persons = canaryExtract().toString('latin1').split('\n').slice(1, -2).join('\n');
  const start = first.indexOf('\n') + 1;
  writeFileSync(
    path,
    Buffer.concat([
      first.subarray(0, start),
      Buffer.from(`${persons}\n`, 'latin1'),
      first.subarray(start),
      ...rest,
    ]),
  );
  const child = spawn(process.execPath, [VIDIMUS, 'import', 'cpr', path, '--data', folder], {
    env: { ...plainEnvironment(), ...environment },
    stdio: 'ignore',
  });
  const registers = join(folder, 'registers', 'cpr');
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const isDrafting = () => existsSync(join(registers, 'next.db'));
  await expect.poll(isDrafting, { interval: 5, timeout: 20_000 }).toBe(true);
  await new Promise((later) => setTimeout(later, 100));
  witness.lookBelow(registers);
  child.kill('SIGKILL');
  await ended;
  expect(isDrafting()).toBe(true);
  await lookAround();
  expect(witness.sightings()).toEqual([]);
});

/** Puts a copy in force whose records do not open. What a server has open never changes, so that it is a new file. */
function putDamagedGeneration(registers: string): void {
  const current = join(registers, 'current');
  const before = readFileSync(current, 'utf8').split('\n', 1)[0] as string;
  copyFileSync(join(registers, before), join(registers, DAMAGED));
  const register = new DatabaseSync(join(registers, DAMAGED));
  register.exec('update record set sealed = randomblob(length(sealed))');
  register.close();
  writeFileSync(current, `${DAMAGED}\n${before}\n`);
}

test('records that do not open, and the end of the server', async () => {
  putDamagedGeneration(join(folder, 'registers', 'cpr'));
  const { cpr } = OPEN_PERSON;
  const asked = JSON.stringify({ audit: AUDIT, cpr });
  const shown = [...shownOf(OPEN_PERSON), cpr];
  await expect.poll(() => client.cpr('lookup', asked, shown), { timeout: 5000 }).toBe(503);
  await client.ssnDetails(JSON.stringify({ Cpr: cpr }));
  await client.cpr('lookup', JSON.stringify({ audit: AUDIT, cpr }));
  await client.cpr('validate', details(OPEN_PERSON));
  for (const [path, body] of [
    ['/lookups', ownLookup(cpr)],
    ['/verifications', ownDetails(OPEN_PERSON)],
  ] as const)
    expect((await client.ours(path, body)).body).toContain('"code":"register-unavailable"');
  await expectCommands([[1, ['lookup', 'cpr'], cpr]]);
  await lookAround();
  expect(await server.stop('SIGTERM')).toBe(0);
  witness.look('what the server printed', server.output());
  witness.lookBelow(folder);
  expect(witness.lookBelow(temporary)).toEqual([]);
  expect(witness.sightings()).toEqual([]);
  expect(server.output().match(/"msg":"request"/g)?.length).toBeGreaterThan(900);
});
