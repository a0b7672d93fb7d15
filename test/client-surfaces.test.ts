import { openCpr, openSsnDetails, openSsnVerification, VidimusError } from '@vidimus/client';
import { SANDBOX_CREDENTIALS } from '@vidimus/client/sandbox';
import { startServer, type TestServer, unknownNumber } from '@vidimus/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const connection = () => ({ url: server.url, ...SANDBOX_CREDENTIALS });
const JUNKERSEN = {
  reference: 'case-812',
  cpr: '130761-0015',
  firstNames: 'Poul Udt',
  lastName: 'Junkersen',
  street: 'Industrivænget',
  houseNumber: '2',
  floor: 'st',
  door: 'th',
  postalCode: '9000',
  city: 'Aalborg',
  dateOfBirth: '1961-07-13',
};

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => null,
    (error: unknown) => error,
  );
}

describe('SSN Details', () => {
  test('a person, with what the register has', async () => {
    expect(await openSsnDetails(connection()).lookUp('130761-0015')).toEqual({
      kind: 'found',
      status: 'Active',
      name: { given: 'Poul', middle: 'Udt', surname: 'Junkersen' },
      address: {
        road: 'Industrivænget',
        houseNumber: '2',
        floor: 'st',
        door: 'th',
        careOf: null,
        postcode: '9000',
        postDistrict: 'Aalborg',
        place: 'Hasseris',
      },
    });
  });

  test('a protected person has no name or address at all', async () => {
    expect(await openSsnDetails(connection()).lookUp('0701614011')).toEqual({
      kind: 'protected',
      status: 'Active',
    });
  });

  test('callers that come together fetch one token', async () => {
    const paths: string[] = [];
    const client = openSsnDetails({ ...connection(), onAttempt: ({ path }) => paths.push(path) });
    await Promise.all(Array.from({ length: 8 }, () => client.lookUp('1307610015')));
    expect(paths.filter((path) => path === '/op/connect/token')).toHaveLength(1);
  });

  test('a token that is refused is replaced once', async () => {
    const seen: (number | null)[] = [];
    const client = openSsnDetails({
      ...connection(),
      onAttempt: ({ status }) => seen.push(status),
      // As if the signing key had been replaced: the first token is spoilt on its way.
      fetch: async (url, init) => {
        const headers = init?.headers as Record<string, string>;
        const spoilt = seen.length === 1 ? { ...headers, authorization: 'Bearer of.nothing.good' } : headers;
        return fetch(url, { ...init, headers: spoilt });
      },
    });
    expect((await client.lookUp('1307610015')).kind).toBe('found');
    expect(seen).toEqual([200, 401, 200, 200]);
  });

  test('wrong credentials', async () => {
    const client = openSsnDetails({ ...connection(), clientSecret: 'wrong' });
    expect(await failureOf(client.lookUp('1307610015'))).toMatchObject({
      kind: 'credentials',
      code: 'invalid_client',
      retryable: false,
      requestId: expect.any(String),
    });
  });

  test('blocked, with the time at which it ends', async () => {
    const blocked = await openSsnDetails(connection()).lookUp('1307610015', { simulate: 'blocked' });
    if (blocked.kind !== 'blocked') throw new Error(blocked.kind);
    expect(blocked.until.getTime()).toBeGreaterThan(Date.now());
  });
});

describe('CPR lookup and validation', () => {
  test('the brokers', async () => {
    expect(await openCpr(connection()).brokers()).toMatchObject([{ id: 'cpr', enabled: true }]);
  });

  test.each([
    ['1307610015', { kind: 'found', status: 'Active' }],
    ['0701614011', { kind: 'protected', status: 'Active' }],
    ['0101520013', { kind: 'found', address: null }],
  ])('%s', async (cpr, expected) => {
    expect(await openCpr(connection()).lookUp({ cpr, reference: 'case-812' })).toMatchObject(expected);
  });

  test('a validation, its scores and its evidence', async () => {
    expect(await openCpr(connection()).validate({ ...JUNKERSEN, lastName: 'Jensen' })).toMatchObject({
      kind: 'validated',
      verdict: 'partial-match',
      name: { match: false },
      address: { score: 100, match: true, comment: null },
      risk: { level: 'Medium', reasons: ['NameMismatch'] },
    });
  });

  test.each([
    ['blocked', { kind: 'blocked' }],
    ['timeout', { kind: 'unavailable' }],
  ])('simulated: %s', async (simulate, expected) => {
    const client = openCpr(connection());
    expect(
      await client.lookUp({ cpr: '1307610015', reference: 'x' }, { simulate, timeoutMs: 15_000 }),
    ).toMatchObject(expected);
    expect(await client.validate(JUNKERSEN, { simulate, timeoutMs: 15_000 })).toMatchObject(expected);
  });

  test('an unknown number is asked for once, whatever its answer: it has counted', async () => {
    const attempts: string[] = [];
    const client = openCpr({ ...connection(), onAttempt: ({ path }) => attempts.push(path) });
    const unknown = unknownNumber(7);
    expect(await client.lookUp({ cpr: unknown, reference: 'x' })).toEqual({ kind: 'unknown' });
    expect(await client.validate({ ...JUNKERSEN, cpr: unknown })).toEqual({ kind: 'unknown' });
    expect(attempts).toHaveLength(2);
    const { items, totalCount } = await client.records({ pageSize: 1, category: 'Cpr' });
    expect(items).toMatchObject([{ operation: 'validate', resultSummary: 'Verdict=NotFound' }]);
    expect(totalCount).toBeGreaterThan(1);
  });

  test('input that the server refuses', async () => {
    const failure = await failureOf(openCpr(connection()).validate({ ...JUNKERSEN, city: ' ' }));
    expect(failure).toBeInstanceOf(VidimusError);
    expect(failure).toMatchObject({ kind: 'input', status: 400, retryable: false });
    expect(JSON.stringify(failure)).not.toContain('Junkersen');
  });
});

describe('SSN verification', () => {
  const ask = (ssn: string, firstName: string, lastName: string) =>
    openSsnVerification(connection()).verify({ ssn, firstName, lastName });

  test.each([
    ['123-45-6789', 'John', 'Doe', 'full-match'],
    ['123-45-6789', 'John', 'Miller', 'partial-match'],
    ['123-45-6789', 'Ann', 'Miller', 'no-match'],
    ['549-24-1889', 'Nora', 'Nowhere', 'unknown'],
  ])('%s %s %s: %s', async (ssn, first, last, kind) => {
    expect(await ask(ssn, first, last)).toEqual({ kind });
  });

  test('wrong credentials', async () => {
    const client = openSsnVerification({ ...connection(), appKey: 'wrong' });
    expect(
      await failureOf(client.verify({ ssn: '123-45-6789', firstName: 'A', lastName: 'B' })),
    ).toMatchObject({
      kind: 'credentials',
      status: 401,
    });
  });
});
