import { openVidimus, parseCpr, VidimusError, verifyProof } from '@vidimus/client';
import { SANDBOX_CREDENTIALS } from '@vidimus/client/sandbox';
import { startServer, type TestServer, unknownNumber } from '@vidimus/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const { apiKey, clientId, clientSecret } = SANDBOX_CREDENTIALS;
const open = (more: object = {}) => openVidimus({ url: server.url, apiKey, ...more });
const ABOUT = { register: 'cpr', reference: 'case-812', purpose: 'Opening an account' } as const;
const JUNKERSEN = {
  ...ABOUT,
  number: '130761-0015',
  given: 'Poul',
  middle: 'Udt',
  surname: 'Junkersen',
  address: { road: 'Industrivænget', houseNumber: '2', floor: 'st', door: 'th', postcode: '9000' },
  dateOfBirth: '1961-07-13',
};

describe('lookups', () => {
  test('a person, by a number that prints masked', async () => {
    const reading = parseCpr('130761-0015');
    if (reading.kind !== 'cpr') throw new Error(reading.kind);
    const answer = await open().lookUp({ ...ABOUT, number: reading.cpr });
    if (answer.outcome !== 'found') throw new Error(answer.outcome);
    expect(answer).toMatchObject({
      register: 'cpr',
      status: 'Active',
      name: { given: 'Poul', middle: 'Udt', surname: 'Junkersen' },
      address: { road: 'Industrivænget', postcode: '9000' },
      subject: expect.stringMatching(/^sub_/),
    });
    expect(JSON.stringify(answer)).not.toContain('1307610015');
  });

  test('a protected person has no name or address at all', async () => {
    const answer = await open().lookUp({ ...ABOUT, number: '0701614011' });
    expect(answer.outcome).toBe('protected');
    expect(Object.keys(answer)).not.toEqual(expect.arrayContaining(['name']));
    expect(Object.keys(answer)).not.toEqual(expect.arrayContaining(['address']));
  });

  test('with a token as well as with a key', async () => {
    const client = openVidimus({ url: server.url, clientId, clientSecret });
    expect((await client.lookUp({ ...ABOUT, number: '1307610015' })).outcome).toBe('found');
  });

  test('a number that cannot be one', async () => {
    const failure = await open()
      .lookUp({ ...ABOUT, number: '1234567890' })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(VidimusError);
    expect(failure).toMatchObject({
      kind: 'input',
      code: 'input-invalid',
      pointers: ['/number'],
      retryable: false,
      requestId: expect.any(String),
      docsUrl: `${server.url}/docs/errors/input-invalid`,
    });
  });

  test('a number that is none of TypeScript’s either', async () => {
    const asked = [1_307_610_015, undefined].map((number) =>
      open()
        .lookUp({ ...ABOUT, number: number as unknown as string })
        .catch((error: unknown) => error),
    );
    for (const failure of await Promise.all(asked)) {
      expect(failure).toMatchObject({ code: 'input-invalid', pointers: ['/number'] });
    }
  });

  test.each([
    ['blocked', { outcome: 'blocked', until: expect.any(Date) }],
    ['timeout', { outcome: 'unavailable', code: 'register-unavailable' }],
    ['503', { outcome: 'unavailable', code: 'ledger-unwritable' }],
  ])('simulated: %s', async (simulate, expected) => {
    const client = open({ retries: 0, timeoutMs: 20_000 });
    expect(await client.lookUp({ ...ABOUT, number: '1307610015' }, { simulate })).toMatchObject(expected);
  });

  test('an answer that gets lost is asked for again with its key, and an unknown number counts once', async () => {
    let lost = 0;
    const client = open({
      fetch: async (url: string, init: RequestInit) => {
        const answer = await fetch(url, init);
        if (lost > 0 || init.method !== 'POST') return answer;
        lost += 1;
        await answer.text();
        throw new TypeError('the line is dead');
      },
    });
    const before = (await client.account()).budgets[0]?.failures as number;
    const answer = await client.lookUp({ ...ABOUT, number: unknownNumber(3) });
    expect(lost).toBe(1);
    expect(answer).toMatchObject({ outcome: 'unknown', budget: { failures: before + 1 } });
    expect((await client.account()).budgets[0]?.failures).toBe(before + 1);
  });

  test('a key that was used for another question', async () => {
    const idempotencyKey = crypto.randomUUID();
    await open().lookUp({ ...ABOUT, number: '1307610015' }, { idempotencyKey });
    const failure = await open()
      .lookUp({ ...ABOUT, number: '0709614495' }, { idempotencyKey })
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind: 'conflict', code: 'idempotency-key-reused' });
  });
});

describe('verifications', () => {
  test('why it is only partial, and what would make it pass; kept under its record', async () => {
    const client = open();
    const answer = await client.verify({ ...JUNKERSEN, surname: 'Jensen' });
    if (answer.outcome !== 'compared') throw new Error(answer.outcome);
    expect(answer).toMatchObject({ verdict: 'partialMatch', fields: { address: { state: 'match' } } });
    expect(answer.explanation?.toPass).toEqual([
      expect.objectContaining({ field: 'name', change: ['surname'] }),
    ]);
    expect(await client.verification(answer.recordId)).toMatchObject({
      ...answer,
      keptUntil: expect.any(String),
    });
    expect(await client.verification('nothing-of-mine')).toBeNull();
  });

  test('a name against an SSN', async () => {
    const question = {
      ...ABOUT,
      register: 'ssn',
      number: '123-45-6789',
      given: 'John',
      surname: 'Doe',
    } as const;
    expect(await open().verify(question)).toMatchObject({
      outcome: 'compared',
      register: 'ssn',
      verdict: 'match',
    });
  });
});

test('account, registers, and every record over several pages, each with a proof that holds', async () => {
  const client = open();
  expect(await client.account()).toMatchObject({
    name: 'sandbox',
    budgets: [{ register: 'cpr', allowed: 5 }],
  });
  const registers = await client.registers();
  expect(registers.map(({ register }) => register).sort()).toEqual(['cpr', 'ssn']);

  const seen: string[] = [];
  for await (const record of client.everyRecord({ limit: 2 })) seen.push(record.id);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.length).toBeGreaterThan(4);
  const { vkey, ...proof } = await client.proof(seen.at(-1) as string);
  expect(await verifyProof(proof, vkey)).toMatchObject({ kind: 'proven', index: 0 });
});
