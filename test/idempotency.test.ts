import { serviceToken, startServer, type TestServer, unknownNumber } from '@vidimus/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, clientOf, newAccount, PURPOSE } from './vidimus/client.ts';

let folder: string;
/** Two servers on one ledger: on one data folder, or on one PostgreSQL. */
let servers: TestServer[];
beforeAll(async () => {
  const first = await startServer();
  folder = first.folder;
  servers = [first, await startServer({ folder })];
});
afterAll(() => Promise.all(servers.map((server) => server.stop())));

const question = (number: string) => ({ register: 'cpr', number, ...PURPOSE });
const key = (name: string) => ({ 'idempotency-key': name });
const clients = (of: string) => Promise.all(servers.map(({ url }) => clientOf(url, of)));

async function failuresOf(client: Client): Promise<number> {
  const { json } = await client.get('/account');
  return (json['budgets'] as { failures: number }[])[0]?.failures ?? Number.NaN;
}

test('a repeated request gets the first answer, on every server, and nothing counts again', async () => {
  const [here, there] = (await clients(await newAccount(folder, 'repeats'))) as [Client, Client];
  const first = await here.post('/lookups', question(unknownNumber(1)), key('"a"'));
  const again = await here.post('/lookups', question(unknownNumber(1)), key('a'));
  const elsewhere = await there.post('/lookups', question(unknownNumber(1)), key('a'));
  expect([again.text, elsewhere.text]).toEqual([first.text, first.text]);
  expect([first, again, elsewhere].map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([
    null,
    'true',
    'true',
  ]);
  expect(await failuresOf(there)).toBe(1);
  expect((await here.get('/records')).json['records']).toHaveLength(1);
});

test('the members may come in another order, and nothing else may differ', async () => {
  const [here] = (await clients(await newAccount(folder, 'order'))) as [Client];
  const { register, ...rest } = question('1307610015');
  await here.post('/lookups', { register, ...rest }, key('a'));
  expect((await here.post('/lookups', { ...rest, register }, key('a'))).status).toBe(200);
  const other = await here.post('/lookups', { register, ...rest, purpose: 'Another one' }, key('a'));
  expect(other.json).toMatchObject({ code: 'idempotency-key-reused', status: 422 });
});

test('a key belongs to one account and one route', async () => {
  const [mine] = (await clients(await newAccount(folder, 'mine'))) as [Client];
  const [theirs] = (await clients(await newAccount(folder, 'theirs'))) as [Client];
  const { json } = await mine.post('/lookups', question('1307610015'), key('a'));
  const other = await theirs.post('/lookups', question('1307610015'), key('a'));
  expect(other.headers.get('idempotency-replayed')).toBeNull();
  expect(other.json['subject']).not.toBe(json['subject']);
  const ask = (client: Client) => client.post('/lookups', question('1307610015'), key('both'));
  const atOnce = await Promise.all([mine, theirs, mine, theirs].map((client) => ask(client)));
  const told = atOnce.filter(({ status }) => status === 200);
  expect(new Set(told.map(({ json: { subject } }) => subject)).size).toBe(2);
  const named = { ...question('1307610015'), given: 'Poul', surname: 'Junkersen' };
  expect((await mine.post('/verifications', named, key('a'))).headers.get('idempotency-replayed')).toBeNull();
});

test('of many at once over two servers one is asked; the others are told to wait, or get its answer', async () => {
  const [here, there] = (await clients(await newAccount(folder, 'race'))) as [Client, Client];
  for (let round = 0; round < 5; round += 1) {
    const ask = (client: Client) => client.post('/lookups', question(unknownNumber(round)), key(`r${round}`));
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => ask(i % 2 === 0 ? here : there)));
    const told = answers.filter(({ status }) => status === 200);
    expect(new Set(told.map(({ text }) => text)).size).toBe(1);
    const waiting = answers.filter(({ status }) => status !== 200);
    expect(waiting.every(({ json }) => json['code'] === 'request-in-progress')).toBe(true);
    expect(await failuresOf(here)).toBe(round + 1);
    expect((await there.get('/records')).json['records']).toHaveLength(round + 1);
  }
});

test('an answer outlives a killed server, and is never there without its entry', async () => {
  const secret = await newAccount(folder, 'killed');
  const asked = new Map<string, Promise<string | null>>();
  const killed = await startServer({ folder });
  const client = await clientOf(killed.url, secret);
  for (let i = 0; i < 40; i += 1) {
    const name = `k${i}`;
    const answer = client.post('/lookups', question('1307610015'), key(name));
    asked.set(
      name,
      answer.then(({ status, text }) => (status === 200 ? text : null)).catch(() => null),
    );
    if (i === 25) await Promise.race(asked.values());
  }
  await killed.stop('SIGKILL');
  const [survivor] = (await clients(secret)) as [Client];
  for (const [name, text] of asked) {
    const before = await text;
    const after = await survivor.post('/lookups', question('1307610015'), key(name));
    expect(after.text).toBe(before ?? after.text);
  }
  const { json } = await survivor.get('/records?limit=500');
  expect(json['records']).toHaveLength(asked.size);
});

test('what was refused is not kept: the same key may be tried again', async () => {
  const [here] = (await clients(await newAccount(folder, 'refused'))) as [Client];
  const ask = (headers: Record<string, string>) =>
    here.post('/lookups', question('1307610015'), { ...key('a'), ...headers });
  expect((await ask({ 'x-simulate': 'timeout' })).json).toMatchObject({ code: 'register-unavailable' });
  expect((await ask({ 'x-simulate': '503' })).json).toMatchObject({ code: 'ledger-unwritable' });
  expect((await ask({ 'x-simulate': 'blocked' })).json).toMatchObject({ code: 'account-blocked' });
  const answer = await ask({});
  expect([answer.status, answer.headers.get('idempotency-replayed')]).toEqual([200, null]);
});

test.each(['', '""', 'a"b', 'ø', 'x'.repeat(256)])('the key %j cannot be used', async (name) => {
  const [here] = (await clients(
    await newAccount(folder, `odd ${name.length} ${Math.abs(name.charCodeAt(0) || 0)}`),
  )) as [Client];
  const answer = await here.post(
    '/lookups',
    question('1307610015'),
    key(encodeURI(name) === name ? name : 'a"b'),
  );
  expect(answer.json).toMatchObject({ code: 'idempotency-key-malformed', status: 400 });
});

test('a token of the same account shares its keys with its API key', async () => {
  const here = servers[0] as TestServer;
  const [byKey, byToken] = [await clientOf(here.url), await clientOf(here.url, await serviceToken(here.url))];
  await byKey.post('/lookups', question('1307610015'), key('shared'));
  const answer = await byToken.post('/lookups', question('1307610015'), key('shared'));
  expect(answer.headers.get('idempotency-replayed')).toBe('true');
});
