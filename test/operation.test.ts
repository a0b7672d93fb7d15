import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  quickestMs,
  serviceToken,
  ssnDetails,
  startServer,
  type TestServer,
  temporaryFolder,
  unknownNumber,
  vidimus,
} from '@vidimus/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

describe('a running server', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.stop());

  test('/livez and /readyz', async () => {
    expect(await (await fetch(`${server.url}/livez`)).json()).toEqual({ status: 'alive' });
    const ready = await fetch(`${server.url}/readyz?verbose`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({
      status: 'ready',
      checks: [
        'ledger',
        'ledger tree',
        'checkpoints',
        'cpr register',
        'ssn register',
        'keys',
        'migrations',
        'shutdown',
      ].map((name) => ({
        name,
        trouble: null,
      })),
    });
  });

  test('/metrics asks for a token where one is set', async () => {
    const token = 'a-token-of-sixteen-or-more';
    const own = await startServer({ environment: { VIDIMUS_METRICS_TOKEN: token } });
    const ask = (authorization?: string) =>
      fetch(`${own.url}/metrics`, authorization === undefined ? {} : { headers: { authorization } });
    expect((await ask(`Bearer ${token}`)).status).toBe(200);
    for (const wrong of [undefined, 'Bearer', `Bearer ${token}x`, `Basic ${token}`]) {
      const answer = await ask(wrong);
      expect([wrong, answer.status, answer.headers.get('www-authenticate')]).toEqual([wrong, 401, 'Bearer']);
      expect(await answer.text()).not.toContain('vidimus_');
    }
    expect((await fetch(`${own.url}/readyz`)).status).toBe(200);
    await own.stop();
  });

  test('/metrics counts lookups by outcome, and no label carries a number', async () => {
    const token = await serviceToken(server.url);
    await ssnDetails(server.url, token, '1307610015');
    await ssnDetails(server.url, token, '0101019999');
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toContain('vidimus_lookups_total{surface="ssn-details",outcome="found"} 1');
    expect(metrics).toContain('vidimus_lookups_total{surface="ssn-details",outcome="unknown"} 1');
    expect(metrics).toContain('vidimus_register_records{register="cpr"} 79');
    expect(metrics).toMatch(
      /http_server_request_duration_seconds_count\{[^}]*http_route="\/op\/api\/v1\/ssn-details"/,
    );
    const labels = metrics.match(/\{[^}]*\}/g) ?? [];
    expect(labels.length).toBeGreaterThan(20);
    expect(labels.join()).not.toMatch(/\d{6}-?\d{4}/);
  });

  test('a request that is refused for a block is counted, whether it began the block or came later', async () => {
    const added = await vidimus(['account', 'add', 'guesser', '--json', '--data', server.folder]);
    const { oauth } = JSON.parse(added.stdout) as { oauth: { clientId: string; clientSecret: string } };
    const token = await serviceToken(server.url, oauth);
    for (let i = 0; i < 8; i += 1) await ssnDetails(server.url, token, unknownNumber(i));
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toContain('vidimus_lookups_total{surface="ssn-details",outcome="blocked"} 3');
  });

  test('the start page says what runs here', async () => {
    const page = await fetch(server.url);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await page.text();
    for (const text of ['sandbox', '/op/swagger/index.html', '1307610015', 'Deceased'])
      expect(html).toContain(text);
  });

  test('readiness is red while the ledger cannot be written, and answers are 503 in the shape of the surface', async () => {
    const token = await serviceToken(server.url);
    const foreign = new DatabaseSync(join(server.folder, 'ledger.db'));
    foreign.exec('begin immediate');
    const refused = async () => {
      const answer = await ssnDetails(server.url, token, '1307610015');
      expect({ status: answer.status, body: await answer.text() }).toEqual({
        status: 503,
        body: '{"errorMessage":"Service Unavailable"}',
      });
    };
    expect(await quickestMs(1000, refused)).toBeLessThan(1000);
    const ready = await fetch(`${server.url}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ status: 'not ready' });
    foreign.exec('rollback');
    foreign.close();
    await expect.poll(async () => (await fetch(`${server.url}/readyz`)).status).toBe(200);
    expect((await ssnDetails(server.url, token, '1307610015')).status).toBe(200);
  });

  test('a disabled account and a credential rotated away are refused within a second', async () => {
    const account = (...args: string[]) => vidimus(['account', ...args, '--json', '--data', server.folder]);
    type Secrets = { oauth: { clientId: string; clientSecret: string } };
    const first = (JSON.parse((await account('add', 'leaver')).stdout) as Secrets).oauth;
    const token = await serviceToken(server.url, first);
    const status = async (bearer: string) => (await ssnDetails(server.url, bearer, '1307610015')).status;
    expect(await status(token)).toBe(200);

    const second = (
      JSON.parse((await account('rotate', 'leaver', 'oauth', '--overlap', '0')).stdout) as Secrets
    ).oauth;
    await expect.poll(() => status(token), { timeout: 1000, interval: 50 }).toBe(401);
    const fresh = await serviceToken(server.url, second);
    expect(await status(fresh)).toBe(200);
    await expect(serviceToken(server.url, first)).rejects.toThrow('No token: 400');

    await account('disable', 'leaver');
    await expect.poll(() => status(fresh), { timeout: 1000, interval: 50 }).toBe(401);
    await expect(serviceToken(server.url, second)).rejects.toThrow('No token: 400');
  });

  test('what an account may do is changed within a second, and the ledger says so', async () => {
    const run = (...args: string[]) => vidimus([...args, '--json', '--data', server.folder]);
    const set = (...args: string[]) =>
      run('account', 'set', 'changing', '--reason', 'a new contract', ...args);
    type Secrets = { oauth: { clientId: string; clientSecret: string } };
    const { oauth } = JSON.parse(
      (await run('account', 'add', 'changing', '--capability', 'cpr', '--limit', 'maxUnknown=7')).stdout,
    ) as Secrets;
    const status = async (token?: string) =>
      (await ssnDetails(server.url, token ?? (await serviceToken(server.url, oauth)), '1307610015')).status;
    expect(await status()).toBe(403);

    const changed = await set('--capability', 'ssn-details', '--limit', 'rate=1');
    expect(JSON.parse(changed.stdout)).toMatchObject({
      account: { settings: { capabilities: ['ssn-details'], limits: { rate: 1, maxUnknown: 7 } } },
      entry: expect.any(Number),
    });
    await expect.poll(() => status(), { timeout: 1000, interval: 50 }).toBe(200);
    // One request per second by now: of several at once some are too many.
    const token = await serviceToken(server.url, oauth);
    const three = () => Promise.all([status(token), status(token), status(token)]);
    expect(await three()).toContain(429);
    expect((await set('--reset', 'limits')).exit).toBe(0);
    await expect.poll(three, { timeout: 1000 }).toEqual([200, 200, 200]);
    // A token that is out does not do any more than its account may.
    expect((await set('--capability', 'cpr')).exit).toBe(0);
    await expect.poll(() => status(token), { timeout: 1000, interval: 50 }).toBe(403);

    const search = await run('audit', 'search', '--account', 'changing', '--operation', 'change');
    expect(JSON.parse(search.stdout).entries).toMatchObject([
      { outcome: 'changed', summary: 'capability cpr' },
      { outcome: 'changed', summary: 'reset limits', context: 'a new contract' },
      { outcome: 'changed', summary: 'capability ssn-details; limit rate=1', surface: 'command' },
    ]);
    for (const wrong of [[], ['--limit', 'rate=0'], ['--capability', 'nonsense']]) {
      expect((await set(...wrong)).exit).toBe(2);
    }
    expect((await run('account', 'set', 'nobody', '--limit', 'rate=1', '--reason', 'x')).exit).toBe(3);
    const after = await run('audit', 'search', '--account', 'changing', '--operation', 'change');
    expect(JSON.parse(after.stdout).entries).toHaveLength(3);
    expect((await run('audit', 'verify')).exit).toBe(0);
  });

  test('signing keys rotate without a token becoming invalid', async () => {
    const token = await serviceToken(server.url);
    const keys = async () =>
      (
        (await (await fetch(`${server.url}/op/.well-known/openid-configuration/jwks`)).json()) as {
          keys: { kid: string }[];
        }
      ).keys;
    expect(await keys()).toHaveLength(1);
    expect((await vidimus(['signing-key', 'rotate', '--data', server.folder])).exit).toBe(0);
    await expect.poll(async () => (await keys()).length, { timeout: 2000 }).toBe(2);
    expect((await ssnDetails(server.url, token, '1307610015')).status).toBe(200);
    expect((await ssnDetails(server.url, await serviceToken(server.url), '1307610015')).status).toBe(200);
  });
});

const LOCALHOST_IS_TWO = `data:text/javascript,${encodeURIComponent(`
  import dns from 'node:dns';
  const { lookup } = dns;
  const both = [{ address: '127.0.0.1', family: 4 }, { address: '::1', family: 6 }];
  dns.lookup = (name, options, done) =>
    name === 'localhost' && options.all ? done(null, both) : lookup(name, options, done);
`)}`;

/** A folder on which a sandbox has run and answered one question; each test has a copy. */
let used: string;
beforeAll(async () => {
  const server = await startServer();
  used = server.folder;
  await ssnDetails(server.url, await serviceToken(server.url), '1307610015');
  await server.stop();
});
function copyOfUsed(): string {
  const folder = temporaryFolder();
  cpSync(used, folder, { recursive: true });
  return folder;
}

describe('shutting down', () => {
  test('what was accepted is answered, then it ends with 0; a second signal does not cut it short', async () => {
    const server = await startServer();
    const token = await serviceToken(server.url);
    const slow = ssnDetails(server.url, token, '1307610015', { 'x-simulate': 'slow=1500' });
    await new Promise((later) => setTimeout(later, 300));
    server.process.kill('SIGTERM');
    server.process.kill('SIGINT');
    const isOpen = () =>
      fetch(`${server.url}/livez`).then(
        () => true,
        () => false,
      );
    await expect.poll(isOpen, { timeout: 1000 }).toBe(false);
    server.process.kill('SIGTERM');
    expect((await slow).status).toBe(200);
    expect(await server.stop()).toBe(0);
  });

  test('localhost is one address: on another one a connection would be left behind at the end', async () => {
    const server = await startServer({
      flags: ['--host', 'localhost'],
      // As on a machine where the name has two addresses.
      environment: { NODE_OPTIONS: `--import ${LOCALHOST_IS_TWO}` },
    });
    const { port } = new URL(server.url);
    const answers = await Promise.all(
      ['127.0.0.1', '[::1]'].map((address) =>
        fetch(`http://${address}:${port}/livez`).then(
          ({ status }) => status,
          () => null,
        ),
      ),
    );
    expect(answers.filter((status) => status === 200)).toHaveLength(1);
    expect(await server.stop()).toBe(0);
  });

  test('an idle keep-alive connection does not hold it up', async () => {
    const server = await startServer();
    const { hostname, port } = new URL(server.url);
    const idle = connect(Number(port), hostname);
    await new Promise((connected) => idle.once('connect', connected));
    idle.on('error', () => undefined);
    const begun = performance.now();
    expect(await server.stop()).toBe(0);
    expect(performance.now() - begun).toBeLessThan(5000);
    idle.destroy();
  });
});

describe('starting', () => {
  test('all mistakes of the configuration are told at once, with exit code 2', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'vidimus.json'), '{"prot":1}');
    const environment = { VIDIMUS_PORT: 'x', VIDIMUS_HSOT: 'y' };
    const run = await vidimus(['serve', '--data', folder, '--log-level', 'loud'], { environment });
    expect(run.exit).toBe(2);
    for (const text of [
      'did you mean "port"?',
      'VIDIMUS_PORT must be',
      'did you mean VIDIMUS_HOST?',
      '--log-level must be',
    ]) {
      expect(run.stderr).toContain(text);
    }
  });

  test('a port that is taken: one clear line', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const port = String((other.address() as AddressInfo).port);
    const run = await vidimus(['serve', '--sandbox', '--data', temporaryFolder(), '--port', port]);
    other.close();
    expect(run).toMatchObject({ exit: 1, stderr: expect.stringMatching(/in use.*\(port-unavailable\)/s) });
  });

  test('a lost key: sealed, only /livez answers, and it opens by itself when the key is back', async () => {
    const folder = copyOfUsed();
    const key = join(folder, 'vidimus.key');
    renameSync(key, `${key}.away`);
    expect(await vidimus(['account', 'list', '--data', folder])).toMatchObject({
      exit: 1,
      stderr: expect.stringContaining('(key-missing)'),
    });
    const server = await startServer({ folder });
    const status = async (path: string) => (await fetch(server.url + path)).status;
    expect(await status('/livez')).toBe(200);
    for (const path of [
      '/readyz',
      '/',
      '/metrics',
      '/op/.well-known/openid-configuration',
      '/api/brokers',
      '/v1/ssnVerification',
    ]) {
      expect({ path, status: await status(path) }).toEqual({ path, status: 503 });
    }
    expect(existsSync(key)).toBe(false);
    renameSync(`${key}.away`, key);
    await expect.poll(() => status('/readyz').catch(() => 0), { timeout: 5000 }).toBe(200);
    expect((await ssnDetails(server.url, await serviceToken(server.url), '1307610015')).status).toBe(200);
    expect(await server.stop()).toBe(0);
  });

  test('a folder that is locked meanwhile: sealed still, and it opens afterwards', async () => {
    const folder = copyOfUsed();
    const key = join(folder, 'vidimus.key');
    renameSync(key, `${key}.away`);
    const server = await startServer({ folder });
    const other = new DatabaseSync(join(folder, 'control.db'));
    other.exec('begin immediate');
    renameSync(`${key}.away`, key);
    await expect.poll(() => server.output(), { timeout: 10_000 }).toContain('still sealed');
    const status = (path: string) =>
      fetch(server.url + path).then(
        (answer) => answer.status,
        () => 0,
      );
    await expect.poll(() => status('/livez'), { timeout: 10_000 }).toBe(200);
    other.exec('commit');
    other.close();
    await expect.poll(() => status('/readyz'), { timeout: 10_000 }).toBe(200);
    expect(await server.stop()).toBe(0);
  });

  test('a lost ledger: sealed, no empty one is made, and it opens by itself when the file is back', async () => {
    const folder = copyOfUsed();
    const ledger = join(folder, 'ledger.db');
    renameSync(ledger, `${ledger}.away`);
    const command = await vidimus(['audit', 'verify', '--data', folder]);
    expect(command).toMatchObject({ exit: 1, stderr: expect.stringContaining('ledger-missing') });
    const server = await startServer({ folder });
    expect(await (await fetch(`${server.url}/readyz`)).json()).toMatchObject({
      checks: [{ name: 'ledger', trouble: expect.stringContaining('is gone') }],
    });
    expect(existsSync(ledger)).toBe(false);
    renameSync(`${ledger}.away`, ledger);
    const status = () =>
      fetch(`${server.url}/readyz`).then(
        (answer) => answer.status,
        () => 0,
      );
    await expect.poll(status, { timeout: 20_000 }).toBe(200);
    expect(await server.stop()).toBe(0);
    expect((await vidimus(['audit', 'verify', '--data', folder])).stdout).toContain('1 entry');
  });

  test('another key: sealed too', async () => {
    const folder = copyOfUsed();
    writeFileSync(join(folder, 'vidimus.key'), `${Buffer.alloc(32, 7).toString('base64')}\n`);
    const server = await startServer({ folder });
    expect(await (await fetch(`${server.url}/readyz`)).json()).toMatchObject({
      checks: [{ name: 'keys', trouble: expect.stringContaining('does not open') }],
    });
    expect(await server.stop()).toBe(0);
  });

  test('a folder that cannot be made', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    const run = await vidimus(['register', 'stats', '--data', join(folder, 'file', 'data')]);
    expect(run).toMatchObject({ exit: 1, stderr: expect.stringContaining('(data-folder-unwritable)') });
  });

  test('a live folder refuses the sandbox account', async () => {
    const folder = temporaryFolder();
    await vidimus(['account', 'list', '--data', folder]);
    const run = await vidimus(['serve', '--sandbox', '--data', folder]);
    expect(run).toMatchObject({ exit: 2, stderr: expect.stringContaining('(mode-mismatch)') });
  });

  test('the sandbox account does not exist on a live server', async () => {
    const server = await startServer({ sandbox: false });
    await expect(serviceToken(server.url)).rejects.toThrow('No token: 400');
    expect((await fetch(`${server.url}/livez`)).headers.get('x-vidimus-sandbox')).toBeNull();
    await server.stop();
  });

  test('a live server does not look at X-Simulate', async () => {
    const server = await startServer({ sandbox: false });
    const { stdout } = await vidimus(['account', 'add', 'live', '--json', '--data', server.folder]);
    const { oauth } = JSON.parse(stdout) as { oauth: { clientId: string; clientSecret: string } };
    const token = await serviceToken(server.url, oauth);
    for (const wish of ['503', 'blocked', 'rate-limited', 'slow=99999', 'fire']) {
      const answer = await ssnDetails(server.url, token, '1307610015', { 'x-simulate': wish });
      // Nothing was imported.
      expect([wish, await answer.text()]).toEqual([wish, '{"ssn.details.status":"unable_to_lookup"}']);
    }
    expect(await server.stop()).toBe(0);
  });
});

describe('commands', () => {
  test('damage in the ledger: exit code 5, and doctor says what to do', async () => {
    const folder = temporaryFolder();
    mkdirSync(folder, { recursive: true });
    for (const cpr of ['1307610015', '0709614495'])
      await vidimus(['lookup', 'cpr', '--data', folder], { stdin: cpr });
    expect((await vidimus(['audit', 'verify', '--data', folder])).exit).toBe(0);
    const ledger = new DatabaseSync(join(folder, 'ledger.db'));
    ledger.exec('update entry set at = at - 1 where id = 2');
    ledger.close();
    const run = await vidimus(['audit', 'verify', '--json', '--data', folder]);
    expect(run.exit).toBe(5);
    expect(JSON.parse(run.stdout)).toMatchObject({ kind: 'damaged', entry: 2 });
    const doctor = await vidimus(['doctor', '--json', '--data', folder]);
    expect(doctor.exit).toBe(1);
    expect(JSON.parse(doctor.stdout).findings).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ about: 'ledger', state: 'bad', remedy: expect.any(String) }),
      ]),
    );
  });

  test('the number is read from stdin and is nowhere in what a refusal says', async () => {
    const run = await vidimus(['lookup', 'cpr', '--data', temporaryFolder()], { stdin: '1307619915x' });
    expect(run.exit).toBe(2);
    expect(run.stdout + run.stderr).not.toContain('13076');
  });

  test.each([
    [['lookup', 'cpr', '1307610015', 'Junkersen']],
    [['lookup', 'cpr', '130761-0015', '--json']],
    [['lookup', '130761 0015']],
    [['lookup', 'cpr', '--cpr=1307610015']],
    [['import', 'ssn', 'file', '--format', '123-45-6789']],
  ])('nor of wrong usage, where it was an argument: %j', async (args) => {
    const { exit, stdout, stderr } = await vidimus(args);
    expect(exit).toBe(2);
    expect(stderr).toMatch(/^error: /);
    expect(stdout + stderr).not.toMatch(/13076|0015|Junkersen|6789/);
  });

  test('looking up from the shell: found, unknown, blocked, all in the same ledger', async () => {
    const folder = copyOfUsed();
    const run = (stdin: string, ...flags: string[]) =>
      vidimus(['lookup', 'cpr', '--json', ...flags, '--data', folder], { stdin });
    const found = await run('130761-0015\n', '--reference', 'case 7');
    expect({ exit: found.exit, ...JSON.parse(found.stdout) }).toMatchObject({
      exit: 0,
      outcome: 'found',
      status: 'Active',
      name: { given: 'Poul' },
      address: { road: 'Industrivænget' },
    });
    const {
      subject: _,
      recordId: __,
      answeredAt: ___,
      budget: ____,
      ...hidden
    } = JSON.parse((await run('0701614011')).stdout) as Record<string, unknown>;
    expect(hidden).toEqual({
      outcome: 'protected',
      register: 'cpr',
      status: 'Active',
      nameAddressProtected: true,
    });
    for (let i = 0; i < 5; i += 1) expect((await run('0101019999')).exit).toBe(3);
    expect((await run('0101019999')).exit).toBe(4);
    const search = ['audit', 'search', '--json', '--data', folder];
    const byReference = await vidimus([...search, '--reference', 'case 7']);
    expect(JSON.parse(byReference.stdout).entries).toMatchObject([{ account: 'operator', outcome: 'found' }]);
    const byNumber = await vidimus([...search, '--number'], { stdin: '0101019999' });
    expect(JSON.parse(byNumber.stdout).entries).toHaveLength(6);
  });

  test.each([
    [['nonsense']],
    [['toString']],
    [['account', 'shwo']],
    [['serve', '--prot', '1']],
    [['audit', 'search', '--outcome', 'x']],
  ])('wrong usage of %j: exit code 2', async (args) => {
    expect((await vidimus(args)).exit).toBe(2);
  });

  test('--help everywhere', async () => {
    for (const args of [
      [],
      ['serve'],
      ['import', 'cpr'],
      ['account', 'rotate'],
      ['audit', 'verify'],
      ['doctor'],
    ]) {
      const run = await vidimus([...args, '--help']);
      expect({ args, exit: run.exit }).toEqual({ args, exit: 0 });
      expect(run.stdout).toContain('Usage: vidimus');
    }
  });
});
