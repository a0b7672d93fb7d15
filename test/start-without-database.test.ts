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
  temporaryFolder,
  vidimus,
} from '@vidimus/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const KNOWN = '1307610015';

describe.skipIf(!HAS_POSTGRES)('a server that is started without its database', () => {
  let database: TestPostgres;
  let url: string;

  beforeAll(async () => {
    database = await startPostgres({
      access: [
        'host all postgres 127.0.0.1/32 trust',
        'host all stranger 127.0.0.1/32 scram-sha-256',
        '',
      ].join('\n'),
    });
    url = await database.database();
  }, 60_000);
  afterAll(() => database.stop());

  test('is alive, refuses in the shape of each surface, says what is missing, and opens by itself', async () => {
    database.signal('SIGKILL');
    const server = await startServer({ environment: { VIDIMUS_DATABASE_URL: url } });
    expect(server.output()).toContain('(sealed: /readyz says what is missing)');
    const holder = { ssn: '123-45-6789', firstName: 'John', lastName: 'Doe' };
    const question = { cpr: KNOWN, audit: { externalReference: 'start', context: 'test' } };
    const answers = {
      token: fetch(`${server.url}/op/connect/token`, {
        method: 'POST',
        body: new URLSearchParams({ grant_type: 'client_credentials' }),
      }),
      details: ssnDetails(server.url, 'token', KNOWN),
      cpr: cprApi(server.url, '/cpr/cpr/lookup', question),
      ssn: ssnVerification(server.url, holder),
      own: fetch(`${server.url}/vidimus/v1/lookups`, {
        method: 'POST',
        headers: { 'x-api-key': SANDBOX.apiKey, 'content-type': 'application/json' },
        body: JSON.stringify({ register: 'cpr', number: KNOWN }),
      }),
      page: fetch(server.url),
      ready: fetch(`${server.url}/readyz`),
    };
    const shapes = {
      token: { error: 'temporarily_unavailable' },
      details: { errorMessage: 'Service Unavailable' },
      cpr: { title: 'Service Unavailable', status: 503 },
      ssn: { status: 'failure', statusCode: 503 },
      own: { status: 503, code: 'ledger-unwritable' },
      page: { status: 503 },
      ready: {
        status: 'not ready',
        checks: [{ name: 'database', trouble: expect.stringContaining('cannot be reached') }],
      },
    };
    for (const [surface, answer] of Object.entries(answers)) {
      const { status, body } = { status: (await answer).status, body: await (await answer).json() };
      expect([surface, status]).toEqual([surface, 503]);
      expect(body).toMatchObject(shapes[surface as keyof typeof shapes]);
    }
    expect((await fetch(`${server.url}/livez`)).status).toBe(200);

    await database.restart();
    const isReady = () =>
      fetch(`${server.url}/readyz`).then(
        (answer) => answer.status === 200,
        () => false,
      );
    // Clients that ask without a pause, over connections that they keep, do not hold it up.
    const eager = Array.from({ length: 8 }, async () => {
      const giveUpAt = performance.now() + 20_000;
      while (!(await isReady())) expect(performance.now()).toBeLessThan(giveUpAt);
    });
    await Promise.all(eager);
    expect((await ssnDetails(server.url, await serviceToken(server.url), KNOWN)).status).toBe(200);
    expect(await server.stop()).toBe(0);
  });

  test.each([
    [
      'a wrong password',
      'database-refused',
      (there: string) => there.replace('postgres@', 'stranger:wrong@'),
    ],
    [
      'a database that is not there',
      'database-refused',
      (there: string) => there.replace('test_1', 'nowhere'),
    ],
    ['TLS of one that has none', 'database-untrusted', (there: string) => `${there}?sslmode=verify-full`],
    [
      'a refusal beside a host that is away',
      'database-refused',
      (there: string) => there.replace('postgres@', 'stranger:wrong@').replace('@', '@127.0.0.1:1,'),
    ],
  ])('ends where waiting helps nobody: %s', async (_, code, wrong) => {
    const environment = { VIDIMUS_DATABASE_URL: wrong(url) };
    const run = await vidimus(['serve', '--sandbox', '--port', '0', '--data', temporaryFolder()], {
      environment,
    });
    expect(run).toMatchObject({ exit: 1, stderr: expect.stringContaining(`(${code})`) });
    expect(run.stderr).not.toContain('wrong@');
  });

  test('ends where a newer version wrote the tables', async () => {
    const newer = await database.database();
    const environment = { VIDIMUS_DATABASE_URL: newer };
    expect((await vidimus(['database', 'migrate', '--data', temporaryFolder()], { environment })).exit).toBe(
      0,
    );
    await database.query(newer, 'update vidimus.schema_version set version = version + 1');
    const run = await vidimus(['serve', '--sandbox', '--port', '0', '--data', temporaryFolder()], {
      environment,
    });
    expect(run).toMatchObject({ exit: 1, stderr: expect.stringContaining('(schema-newer)') });
  });
});
