import {
  cprApi,
  SANDBOX,
  serviceToken,
  ssnDetails,
  ssnVerification,
  startServer,
  type TestServer,
  unknownNumber,
  vidimus,
} from '@vidimus/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  AUDIT,
  CUSTOMER,
  code,
  DOE,
  expectAnswer,
  LOOKUP,
  PURPOSE,
  TABLES,
  VALIDATE,
} from './sandbox-tables.ts';

/** docs/sandbox.md says what lies beyond each limit, and which failures can be had on demand. */
const { limits, simulations } = TABLES;

let server: TestServer;
let token: string;
beforeAll(async () => {
  server = await startServer();
  token = await serviceToken(server.url);
});
afterAll(() => server.stop());

interface Account {
  readonly oauth: { readonly clientId: string; readonly clientSecret: string };
  readonly apiKey: string;
  readonly app: { readonly appId: string; readonly appKey: string };
}

describe('limits', () => {
  /** The answers of a row, by surface: `CPR 400 body`. */
  const beyond = (limit: string) =>
    Array.from(
      limits.find(([name]) => name === limit)?.[3]?.matchAll(/([A-Z][A-Za-z ]+ )?(\d{3}) `([^`]+)`/g) ?? [],
      ([, surface = '', status = '', body = '']) => ({ surface: surface.trim(), status, body }),
    );

  async function newAccount(name: string, ...flags: string[]): Promise<Account> {
    const { stdout } = await vidimus(['account', 'add', name, ...flags, '--json', '--data', server.folder]);
    return JSON.parse(stdout) as Account;
  }

  /** Asks every surface in the account's name; a text is sent in place of each body. */
  async function askersOf({ oauth, apiKey, app }: Account, body?: string) {
    const bearer = { authorization: `Bearer ${await serviceToken(server.url, oauth)}` };
    const appHeaders = { appid: app.appId, appkey: app.appKey };
    const json = { 'content-type': 'application/json' };
    const askers: Record<string, (cpr?: string) => Promise<Response>> = {
      'SSN Details': (cpr = CUSTOMER.cpr) =>
        fetch(`${server.url}/op/api/v1/ssn-details`, {
          method: 'POST',
          headers: { ...bearer, ...json },
          body: body ?? JSON.stringify({ Cpr: cpr }),
        }),
      CPR: (cpr = CUSTOMER.cpr) =>
        cprApi(server.url, LOOKUP, body ?? { audit: AUDIT, cpr }, { 'x-api-key': apiKey }),
      'SSN verification': () => ssnVerification(server.url, body ?? DOE, appHeaders),
    };
    return askers;
  }

  test('each has its test', () => {
    expect(limits.map(([name]) => name)).toEqual([
      'failed lookups',
      'different names for one SSN',
      'requests',
      'body',
    ]);
  });

  test('failed lookups', async () => {
    const askers = await askersOf(await newAccount('searching'));
    for (let failure = 1; failure <= 5; failure += 1) {
      expect([400, 404]).toContain(
        (await askers[failure % 2 === 0 ? 'CPR' : 'SSN Details']?.(unknownNumber(failure)))?.status,
      );
    }
    expect((await askers['CPR']?.())?.status).toBe(200);
    expect((await askers['CPR']?.(unknownNumber(6)))?.status).toBe(400);
    const answers = beyond('failed lookups');
    expect(answers).toHaveLength(2);
    for (const { surface, status, body } of answers) {
      await expectAnswer((await askers[surface]?.()) as Response, status, body);
    }
    expect((await askers['SSN verification']?.())?.status).toBe(200);
  });

  test('different names for one SSN', async () => {
    const tryName = (firstName: string) =>
      ssnVerification(server.url, { firstName, lastName: 'Guess', ssn: '468-28-8779' });
    for (const letter of 'ABCDEFGHIJ') expect((await tryName(`${letter}dam`)).status).toBe(200);
    const [{ status, body } = { status: '', body: '' }] = beyond('different names for one SSN');
    await expectAnswer(await tryName('Kdam'), status, body);
    expect((await tryName('Adam')).status).toBe(200);
  });

  test('requests', async () => {
    const askers = await askersOf(await newAccount('slow', '--limit', 'rate=1'));
    const answers = beyond('requests');
    expect(answers).toHaveLength(3);
    for (const { surface, status, body } of answers) {
      let answer = (await askers[surface]?.()) as Response;
      // The first of them, and one that comes a second after another, are let through.
      for (let again = 0; answer.status === 200 && again < 5; again += 1)
        answer = (await askers[surface]?.()) as Response;
      await expectAnswer(answer, status, body);
      expect(answer.headers.get('retry-after')).toBe('1');
    }
  });

  test('body', async () => {
    const long = JSON.stringify({ cpr: '1'.repeat(16 * 1024) });
    const askers = await askersOf(await newAccount('long'), long);
    const answers = beyond('body');
    expect(answers).toHaveLength(3);
    for (const { surface, status, body } of answers) {
      await expectAnswer((await askers[surface]?.()) as Response, status, body);
    }
  });
});

describe('failures on demand', () => {
  const lookUp = (headers: Record<string, string>) =>
    fetch(`${server.url}/vidimus/v1/lookups`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${SANDBOX.apiKey}`,
        'content-type': 'application/json',
        ...headers,
      },
      body: JSON.stringify({ register: 'cpr', number: CUSTOMER.cpr, ...PURPOSE }),
    });

  const ASKERS = [
    [
      'SSN Details',
      (headers: Record<string, string>) => ssnDetails(server.url, token, CUSTOMER.cpr, headers),
    ],
    [
      'CPR lookup',
      (headers: Record<string, string>) =>
        cprApi(server.url, LOOKUP, { audit: AUDIT, cpr: CUSTOMER.cpr }, headers),
    ],
    ['CPR validation', (headers: Record<string, string>) => cprApi(server.url, VALIDATE, CUSTOMER, headers)],
    ['SSN verification', (headers: Record<string, string>) => ssnVerification(server.url, DOE, headers)],
    ['our own API', (headers: Record<string, string>) => lookUp(headers)],
  ] as const;

  interface Entry {
    readonly id: number;
    readonly outcome: string;
    readonly failures: number;
  }
  async function newest(): Promise<Entry> {
    const search = ['audit', 'search', '--limit', '1', '--json', '--data', server.folder];
    const { entries } = JSON.parse((await vidimus(search)).stdout) as { entries: [Entry] };
    return entries[0];
  }

  const cases = ASKERS.flatMap(([surface, ask], place) =>
    (simulations[place] ?? []).map((row) => ({ surface, ask, wish: code(row[0]), row })),
  );

  let before: Entry;
  beforeAll(async () => {
    before = await newest();
  });

  test.each(cases)('$surface: $wish', async ({ ask, wish, row: [, status = '', shown, recorded = ''] }) => {
    const begun = performance.now();
    await expectAnswer(await ask({ 'x-simulate': wish }), status, code(shown));
    // A timer may be a fraction of a millisecond early.
    expect(performance.now() - begun).toBeGreaterThanOrEqual(wish === 'slow=200' ? 199 : 0);
    const after = await newest();
    expect(after.id === before.id ? 'no entry' : after.outcome).toBe(code(recorded) || recorded);
    expect(after.failures).toBe(0);
    before = after;
  });
});
