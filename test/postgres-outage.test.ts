import {
  cprApi,
  HAS_POSTGRES,
  SANDBOX,
  serviceToken,
  ssnDetails,
  ssnVerification,
  startPostgres,
  startServer,
  type TestPostgres,
  type TestServer,
  unknownNumber,
  vidimus,
} from '@vidimus/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** A request that finds no database must be refused within a second, and a little for the way there and back. */
const REFUSED_WITHIN_MS = 1300;
const KNOWN = '1307610015';
const LOOK_UP = '/cpr/cpr/lookup';

describe.skipIf(!HAS_POSTGRES)('two servers on one PostgreSQL', () => {
  let database: TestPostgres;
  let environment: Record<string, string>;
  let servers: readonly TestServer[];

  beforeAll(async () => {
    database = await startPostgres();
    environment = { VIDIMUS_DATABASE_URL: await database.database() };
    const first = await startServer({ environment });
    // Machines share the key file; here they share the folder that it lies in.
    servers = [first, await startServer({ folder: first.folder, environment })];
  }, 120_000);
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await database.stop();
  }, 60_000);

  const one = () => servers[0] as TestServer;
  const command = (...args: string[]) =>
    vidimus([...args, '--json', '--data', one().folder], { environment });

  test('give the same answers', async () => {
    const answers = await Promise.all(
      servers.map(async ({ url }) => (await ssnDetails(url, await serviceToken(url), KNOWN)).text()),
    );
    expect(answers[0]).toBe(answers[1]);
    expect(answers[0]).toContain('Active');
  });

  test('count unknown numbers together: five answers, then the block, and each in one ledger', async () => {
    const added = JSON.parse((await command('account', 'add', 'guesser')).stdout) as {
      oauth: { clientId: string; clientSecret: string };
    };
    // A token names its issuer, which without a public URL is the server's own.
    const tokens = await Promise.all(servers.map(({ url }) => serviceToken(url, added.oauth)));
    const statuses: number[] = [];
    // Two at a time: who waits too long for many others is refused, and `budget-race.test.ts` has the many.
    for (let round = 0; round < 12; round += 1) {
      const both = servers.map(({ url }, at) =>
        ssnDetails(url, tokens[at] as string, unknownNumber(2 * round + at)),
      );
      statuses.push(...(await Promise.all(both)).map(({ status }) => status));
    }
    expect(statuses.toSorted((one, other) => one - other)).toEqual([
      ...Array(5).fill(400),
      ...Array(19).fill(429),
    ]);
    const search = await command('audit', 'search', '--account', 'guesser', '--limit', '100');
    const { entries: records } = JSON.parse(search.stdout) as { entries: { outcome: string }[] };
    expect(records.filter(({ outcome }) => outcome === 'unknown')).toHaveLength(5);
    expect(records.filter(({ outcome }) => outcome === 'blocked')).toHaveLength(19);
    expect((await command('audit', 'verify')).exit).toBe(0);
  });

  test('a database that does not answer: each surface refuses in its own shape, and recovers by itself', async () => {
    const { url } = one();
    const token = await serviceToken(url);
    const holder = { ssn: '123-45-6789', firstName: 'John', lastName: 'Doe' };
    const person = { cpr: KNOWN, audit: { externalReference: 'outage', context: 'test' } };
    const ask = {
      details: () => ssnDetails(url, token, KNOWN),
      cpr: () => cprApi(url, LOOK_UP, person),
      ssn: () => ssnVerification(url, holder),
      own: () =>
        fetch(`${url}/vidimus/v1/lookups`, {
          method: 'POST',
          headers: { authorization: `Bearer ${SANDBOX.apiKey}`, 'content-type': 'application/json' },
          body: JSON.stringify({ register: 'cpr', number: KNOWN, reference: 'outage', purpose: 'test' }),
        }),
    };
    expect((await ask.details()).status).toBe(200);
    for (const signal of ['SIGSTOP', 'SIGKILL'] as const) {
      database.signal(signal);
      for (const [surface, question] of Object.entries(ask)) {
        const from = performance.now();
        const answer = await question();
        expect([surface, answer.status]).toEqual([surface, 503]);
        expect(performance.now() - from).toBeLessThan(REFUSED_WITHIN_MS);
        expect((await answer.text()).length).toBeGreaterThan(2);
      }
      const readiness = await fetch(`${url}/readyz`);
      expect(readiness.status).toBe(503);
      expect(await readiness.text()).toMatch(/ledger cannot be written/);
      expect((await fetch(`${url}/livez`)).status).toBe(200);
      if (signal === 'SIGSTOP') database.signal('SIGCONT');
      else await database.restart();
      await expect.poll(async () => (await ask.details()).status, { timeout: 20_000 }).toBe(200);
      await expect.poll(async () => (await fetch(`${url}/readyz`)).status, { timeout: 20_000 }).toBe(200);
    }
    expect((await command('audit', 'verify')).exit).toBe(0);
  });

  test('doctor says how the database is, and what to do when it is not there', async () => {
    const findings = async () =>
      (JSON.parse((await command('doctor')).stdout) as { findings: { about: string; says: string }[] })
        .findings;
    const about = new Map((await findings()).map((finding) => [finding.about, finding]));
    expect(about.get('database')).toMatchObject({
      state: 'good',
      says: expect.stringMatching(/^PostgreSQL \d+.*not encrypted, on this machine; tables: control \d/),
    });
    expect(about.get('standby')).toMatchObject({
      state: 'watch',
      remedy: expect.stringContaining('Patroni'),
    });
    expect(about.get('database clock')).toMatchObject({ state: 'good' });
    database.signal('SIGKILL');
    expect(await findings()).toMatchObject([{ state: 'bad', remedy: expect.stringContaining('start it') }]);
    await database.restart();
  });

  test('what copies files says that these are not files', async () => {
    expect(await command('backup', 'create', `${one().folder}-backup`)).toMatchObject({ exit: 2 });
  });
});
