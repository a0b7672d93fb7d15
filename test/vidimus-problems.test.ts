import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  HAS_POSTGRES,
  startPostgres,
  startServer,
  type TestPostgres,
  type TestServer,
  unknownNumber,
} from '@vidimus/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PROBLEMS, type ProblemCode } from '../packages/server/src/contract/problem-codes.ts';
import { type Answered, type Client, clientOf, newAccount, PURPOSE } from './vidimus/client.ts';

let server: TestServer;
let client: Client;
let postgres: TestPostgres | undefined;
beforeAll(async () => {
  server = await startServer({ flags: ['--batch-upload-mib', '1'] });
  client = await clientOf(server.url);
  if (HAS_POSTGRES) postgres = await startPostgres();
});
afterAll(async () => {
  await server.stop();
  await postgres?.stop();
});

const POUL = { register: 'cpr', number: '1307610015', ...PURPOSE };
const ask = (body: unknown, headers = {}) => client.post('/lookups', body, headers);
const by = async (key: string) => clientOf(server.url, key);
const simulate = (wish: string) => ask(POUL, { 'x-simulate': wish });

async function refusedAfter(times: number, question: (i: number) => object, path: string, name: string) {
  const asker = await by(await newAccount(server.folder, name));
  let answer: Answered | undefined;
  for (let i = 0; i < times; i += 1) answer = await asker.post(path, question(i));
  return answer as Answered;
}

const BATCH = '/batches?register=ssn&reference=list-1&purpose=Yearly+check';
const ROWS = 'ssn,firstName,lastName\n123-45-6789,John,Doe\n';
const upload = (rows: string, by: Client = client) => by.post(BATCH, rows, { 'content-type': 'text/csv' });
const batch = async (): Promise<string> => `/batches/${String((await upload(ROWS)).json['id'])}`;

/** An answer that is kept, after the disk has changed its bytes. */
async function readDamaged(): Promise<Answered> {
  const { json } = await client.post('/verifications', { ...POUL, given: 'Poul', surname: 'Junkersen' });
  const ledger = new DatabaseSync(join(server.folder, 'ledger.db'));
  ledger
    .prepare('update kept_answer set answer = randomblob(length(answer)) where entry = ?')
    .run(json.recordId);
  ledger.close();
  const answer = await client.get(`/verifications/${json.recordId}`);
  await expect.poll(() => server.output()).toContain(`"id":"${answer.headers.get('x-request-id')}"`);
  return answer;
}

/** The proof of a record while whoever has the turn to put records into the tree does nothing. */
async function proofTooSoon(): Promise<Answered> {
  const databaseUrl = await (postgres as TestPostgres).database();
  const shared = await startServer({ environment: { VIDIMUS_DATABASE_URL: databaseUrl } });
  const held = `update vidimus.ledger_tree set term = term + 1, holder = 'elsewhere', until = ${Number.MAX_SAFE_INTEGER}`;
  await (postgres as TestPostgres).query(databaseUrl, held);
  const asker = await clientOf(shared.url);
  const { json } = await asker.post('/lookups', POUL);
  const answer = await asker.get(`/records/${json.recordId}/proof`);
  await shared.stop();
  return answer;
}

/** What brings every code about. */
const PROVOKED: Readonly<Record<ProblemCode, () => Promise<Answered>>> = {
  'request-unreadable': () => ask('{"register":'),
  'simulation-unknown': () => simulate('nonsense'),
  'idempotency-key-malformed': () => ask(POUL, { 'idempotency-key': '' }),
  'credentials-missing': () => ask(POUL, { authorization: 'Basic eDp5' }),
  'credentials-invalid': async () => (await by('vdm_nobody')).get('/account'),
  'surface-not-allowed': async () =>
    (await by(await newAccount(server.folder, 'held', '--capability', 'cpr'))).get('/account'),
  'batch-not-allowed': async () => upload(ROWS, await by(await newAccount(server.folder, 'capless'))),
  'batch-unknown': () => client.get('/batches/bat_4711'),
  'batch-running': async () => client.get(`${await batch()}/results`),
  'batch-ended': async () => {
    const path = await batch();
    await client.delete(path);
    return client.post(`${path}/resume`, '');
  },
  'batch-forgotten': async () => {
    const path = await batch();
    await client.delete(path);
    return client.get(`${path}/results`);
  },
  'batch-too-large': () => upload(ROWS.repeat(30_000)),
  'batch-unreadable': () => upload('ssn,firstName\n'),
  'path-unknown': () => client.get('/nothing'),
  'record-unknown': () => client.get('/records/4711/proof'),
  'verification-unknown': () => client.get('/verifications/4711'),
  'method-not-allowed': () => client.get('/lookups'),
  'body-too-large': () => ask(JSON.stringify({ ...POUL, context: 'x'.repeat(17_000) })),
  'media-type-unsupported': () => ask('a=b', { 'content-type': 'application/x-www-form-urlencoded' }),
  'input-invalid': () => ask({ ...POUL, number: 1_307_610_015 }),
  'idempotency-key-reused': async () => {
    await ask(POUL, { 'idempotency-key': 'p' });
    return ask({ ...POUL, reference: 'case-2' }, { 'idempotency-key': 'p' });
  },
  'request-in-progress': async () => {
    const headers = { 'idempotency-key': 'slow' };
    const answers = await Promise.all(Array.from({ length: 30 }, () => ask(POUL, headers)));
    return answers.find(({ status }) => status !== 200) as Answered;
  },
  'account-blocked': () =>
    refusedAfter(6, (i) => ({ ...POUL, number: unknownNumber(i) }), '/lookups', 'blocked'),
  'rate-limited': () => simulate('rate-limited'),
  'too-many-names': () =>
    refusedAfter(
      11,
      (i) => ({
        ...POUL,
        register: 'ssn',
        number: '095-07-3645',
        given: `A${'b'.repeat(i)}`,
        surname: 'Guess',
      }),
      '/verifications',
      'guesses',
    ),
  'too-many-batches': async () => {
    const greedy = await by(await newAccount(server.folder, 'greedy', '--capability', 'batch'));
    // At the first unknown number each of them is stopped, and stays open.
    const miss = 'ssn,firstName,lastName\n212-09-1111,A,B\n';
    for (;;) {
      const answer = await greedy.post(`${BATCH}&maxUnknown=0`, miss, { 'content-type': 'text/csv' });
      if (answer.status !== 202) return answer;
    }
  },
  'register-unavailable': () => simulate('timeout'),
  'ledger-unwritable': () => simulate('503'),
  'internal-error': readDamaged,
  'proof-pending': proofTooSoon,
};

test('every code is provoked', () => {
  expect(Object.keys(PROVOKED).toSorted()).toEqual(Object.keys(PROBLEMS).toSorted());
});

/** Asks for the problem, and holds it against what is written of it. */
async function expectProblem(code: ProblemCode): Promise<void> {
  const { status, headers, json, text } = await PROVOKED[code]();
  const kind = PROBLEMS[code];
  expect(json).toMatchObject({
    type: `/docs/errors/${code}`,
    title: kind.title,
    status: kind.status,
    instance: headers.get('x-request-id'),
    code,
    fix: kind.fix,
    retryable: kind.retryable,
  });
  expect([status, headers.get('content-type')]).toEqual([
    kind.status,
    'application/problem+json; charset=utf-8',
  ]);
  expect(headers.get('retry-after')).toBe(json.retryAfter === undefined ? null : String(json.retryAfter));
  expect(headers.has('retry-after')).toBe(
    kind.status === 429 || ['request-in-progress', 'batch-running', 'proof-pending'].includes(code),
  );
  expect(text).not.toContain('1307610015');
  const page = await fetch(server.url + json.type);
  expect(page.status).toBe(200);
}

/** What only a ledger of several servers says. */
const IN_DATABASE: readonly ProblemCode[] = ['proof-pending'];
const anywhere = (Object.keys(PROVOKED) as ProblemCode[]).filter((code) => !IN_DATABASE.includes(code));

test.each(anywhere)('%s', (code) => expectProblem(code));
test.skipIf(!HAS_POSTGRES).each(IN_DATABASE)('on PostgreSQL: %s', (code) => expectProblem(code));

/** Which members are told to be wrong, and how. */
function toldIn(json: Answered['json']): string[] {
  const errors = json['errors'] as { pointer: string; code: string }[];
  return errors.map(({ pointer, code }) => `${pointer} ${code}`);
}

const named = { ...POUL, given: 'Poul', surname: 'Junkersen' };
test.each([
  [
    {},
    '/register missing',
    '/number missing',
    '/given missing',
    '/surname missing',
    '/reference missing',
    '/purpose missing',
  ],
  [[], ' wrong-type'],
  [null, ' wrong-type'],
  ['"text"', ' wrong-type'],
  [{ ...named, register: 'CPR' }, '/register not-offered'],
  [{ ...named, numbers: '1307610015' }, '/numbers unknown'],
  [{ ...named, '1307610015': 1 }, ' unknown'],
  [{ ...named, number: 1307610015 }, '/number wrong-type'],
  [{ ...named, number: '130761001' }, '/number not-a-number'],
  [{ ...named, number: '3102610015' }, '/number not-a-number'],
  [{ ...named, number: '7307610015' }, '/number replacement-number'],
  [{ ...named, register: 'ssn', number: '666-12-3456' }, '/number not-a-number'],
  [{ ...named, given: '' }, '/given no-letter'],
  [{ ...named, surname: '42' }, '/surname no-letter'],
  [{ ...named, middle: null }, '/middle wrong-type'],
  [{ ...named, given: 'x'.repeat(201) }, '/given too-long'],
  [{ ...named, given: 'A\u0000' }, '/given not-text'],
  [
    '{"register":"cpr","number":"1307610015","given":"\\ud800A","surname":"B","reference":"r","purpose":"p"}',
    '/given not-text',
  ],
  [{ ...named, reference: ' ' }, '/reference blank'],
  [{ ...named, address: {} }, '/address empty'],
  [{ ...named, address: { street: 'x' } }, '/address/street unknown'],
  [{ ...named, address: { road: 4 } }, '/address/road wrong-type'],
  [{ ...named, address: 4 }, '/address wrong-type'],
  [{ ...named, address: ' ' }, '/address blank'],
  [{ ...named, dateOfBirth: '1961-02-30' }, '/dateOfBirth not-a-date'],
  [{ ...named, dateOfBirth: '2999-01-01' }, '/dateOfBirth not-a-date'],
  [
    { ...named, given: '', number: '1', dateOfBirth: 'x' },
    '/given no-letter',
    '/number not-a-number',
    '/dateOfBirth not-a-date',
  ],
  [{ ...named, number: '1', dateOfBirth: 'x' }, '/number not-a-number', '/dateOfBirth not-a-date'],
])('%j: %s', async (body, ...faults) => {
  const { json } = await client.post('/verifications', body);
  expect(json).toMatchObject({ code: 'input-invalid' });
  expect(toldIn(json)).toEqual(faults);
});

test.each([
  ['/records?refrence=case-1', 'refrence unknown'],
  ['/records?Limit=1&1307610015=1', 'Limit unknown', ' unknown'],
  ['/records?reference=a&reference=b&register=CPR', 'reference wrong-type', 'register not-offered'],
  ['/records?limit=0', 'limit not-offered'],
  ['/records?limit=501', 'limit not-offered'],
  ['/records?cursor=x', 'cursor not-offered'],
  ['/batches?limt=1', 'limt unknown'],
  ['/batches?limit=1&limit=2', 'limit wrong-type'],
  ['/batches?cursor=x', 'cursor not-offered'],
])('%s: %s', async (path, ...faults) => {
  const { json } = await client.get(path);
  expect(json).toMatchObject({ code: 'input-invalid' });
  expect(toldIn(json).toSorted()).toEqual(faults.toSorted());
});

test('a member that comes twice is named', async () => {
  const { json } = await ask('{"register":"cpr","address":{"road":"a","Road":"b"}}');
  expect(json).toMatchObject({
    code: 'request-unreadable',
    errors: [{ pointer: '/address/Road', code: 'duplicate' }],
  });
  const odd = await ask('{"1307610015":1,"1307610015":2}');
  expect(odd.json).toMatchObject({ errors: [{ pointer: '', code: 'duplicate' }] });
});

test.each(['13.07.1961', '13/7/1961', '13-07-1961', '1961-07-13', '19610713', ' 1961.07.13'])(
  'the date %s is read',
  async (dateOfBirth) => {
    const { json } = await client.post('/verifications', { ...named, dateOfBirth });
    expect(json['fields']).toMatchObject({ dateOfBirth: { state: 'match' } });
  },
);

test('a block is the answer whatever the body holds, and questions about SSNs are answered', async () => {
  const asker = await by(await newAccount(server.folder, 'locked'));
  for (let i = 0; i < 6; i += 1) await asker.post('/lookups', { ...POUL, number: unknownNumber(i) });
  const answers = await Promise.all([
    asker.post('/lookups', POUL),
    asker.post('/verifications', { ...POUL, given: 4 }),
    asker.post('/lookups', '{'),
    asker.post('/lookups', 'x', { 'content-type': 'text/plain' }),
    asker.post('/lookups', `"${'x'.repeat(17_000)}"`),
  ]);
  expect(answers.map(({ json }) => json['code'])).toEqual(Array(5).fill('account-blocked'));
  const ssn = await asker.post('/lookups', { ...POUL, register: 'ssn', number: '123-45-6789' });
  expect(ssn.status).toBe(200);
  const { json } = await asker.get('/account');
  expect(json['budgets']).toMatchObject([{ remaining: 0, blockedUntil: expect.stringMatching(/^20.*Z$/) }]);
});

test('limits stand on every answer to somebody we know', async () => {
  const { headers } = await ask(POUL);
  expect(headers.get('ratelimit-policy')).toBe('"requests";q=200;w=1, "failures";q=5;w=86400');
  expect(headers.get('ratelimit')).toMatch(/^"requests";r=\d+;t=1, "failures";r=\d$/);
});
