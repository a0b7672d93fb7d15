import { SANDBOX, ssnVerification, startServer, type TestServer, vidimus } from '@vidimus/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SANDBOX_HOLDERS } from '../packages/server/src/sandbox/holders.ts';

const DOE = { firstName: 'John', lastName: 'Doe', ssn: '123-45-6789' };

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const verify = (body: unknown, headers = {}) => ssnVerification(server.url, body, headers);
const success = (match: string) =>
  `{"status":"success","statusCode":"200","result":{"details":{"ssnMatch":"${match}"},"summary":{"action":"pass","details":[]}}}`;
const fieldError = (error: string) => `{"status":"failure","statusCode":"400","error":"${error}"}`;
const gateway = (code: number, message: string) =>
  `{"message":"${message}","statusCode":${code},"status":"failure"}`;
const LIMIT = '{"status":"failure","statusCode":429,"error":"Requests rate limit exceeded"}';

async function expectAnswer(answer: Response, status: number, body: string): Promise<void> {
  expect({ status: answer.status, body: await answer.text() }).toEqual({ status, body });
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(answer.headers.get('cache-control')).toBe('no-store');
}

describe('who may ask', () => {
  test.each([{ appid: '', appkey: '' }, { appkey: 'wrong' }, { appid: 'nobody' }])('%j', async (headers) => {
    await expectAnswer(await verify(DOE, headers), 401, gateway(401, 'Missing/Invalid credentials'));
  });

  test('header names in any case; transactionId is echoed when it can be', async () => {
    const answer = await fetch(`${server.url}/v1/ssnVerification`, {
      method: 'POST',
      headers: {
        APPID: SANDBOX.appId,
        AppKey: SANDBOX.appKey,
        'content-type': 'application/json',
        TransactionID: 'journey-7',
      },
      body: JSON.stringify(DOE),
    });
    expect(answer.headers.get('transactionid')).toBe('journey-7');
    await expectAnswer(answer, 200, success('fullMatch'));
    expect((await verify(DOE, { transactionid: 'a b' })).headers.get('transactionid')).toBeNull();
  });

  test.each([
    ['PUT', '/v1/ssnVerification', 405],
    ['POST', '/v1/ssnVerification', 401],
    ['POST', '/v1/other', 404],
  ])('transactionId is on refusals too: %s %s', async (method, path, status) => {
    const answer = await fetch(server.url + path, { method, headers: { transactionId: 'journey-8' } });
    expect([answer.status, answer.headers.get('transactionid')]).toEqual([status, 'journey-8']);
  });
});

describe('what may be asked', () => {
  test.each([
    [{}, 'ssn is required'],
    ['', 'ssn is required'],
    [[], 'ssn is required'],
    [{ ...DOE, ssn: null }, 'ssn is required'],
    [{ ...DOE, ssn: '' }, 'ssn is required'],
    [{ ...DOE, ssn: ' ' }, 'ssn is required'],
    [{ ssn: 'x' }, 'firstName is required'],
    [{ ...DOE, firstName: '' }, 'firstName is required'],
    [{ ...DOE, lastName: null }, 'lastName is required'],
    [{ ssn: 'x', firstName: '1', lastName: ' ' }, 'lastName is required'],
    [{ ...DOE, firstName: 'J0hn' }, 'Please provide valid firstName'],
    [{ ...DOE, firstName: 'John@' }, 'Please provide valid firstName'],
    [{ ...DOE, firstName: 7 }, 'Please provide valid firstName'],
    [{ ...DOE, firstName: ['John'] }, 'Please provide valid firstName'],
    [{ ...DOE, firstName: 'Jo\u202Ehn' }, 'Please provide valid firstName'],
    [{ ...DOE, firstName: 'Jo\u200Bhn' }, 'Please provide valid firstName'],
    [{ ...DOE, firstName: 'J0', lastName: 'D0', ssn: 'x' }, 'Please provide valid firstName'],
    [{ ...DOE, lastName: 'D$e', ssn: 'x' }, 'Please provide valid lastName'],
    [{ ...DOE, lastName: '.' }, 'Please provide valid lastName'],
    [{ ...DOE, ssn: '123 45 6789' }, 'Please provide valid SSN'],
    [{ ...DOE, ssn: '123.45.6789' }, 'Please provide valid SSN'],
    [{ ...DOE, ssn: '１２３-45-6789' }, 'Please provide valid SSN'],
    [{ ...DOE, ssn: 123456789 }, 'Please provide valid SSN'],
    [{ ...DOE, ssn: true }, 'Please provide valid SSN'],
  ])('%j', async (body, error) => {
    await expectAnswer(await verify(body), 400, fieldError(error));
  });

  test.each([
    '12345678',
    '1234567890',
    '12-345-6789',
    '1-2-3',
    '123456-789',
    '000-12-3456',
    '666-12-3456',
    '900-12-3456',
    '123-00-4567',
    '123-45-0000',
    '-',
  ])('invalidFormat: %s', async (ssn) => {
    await expectAnswer(await verify({ ...DOE, ssn }), 200, success('invalidFormat'));
  });

  test.each(['123456789', ' 123-45-6789 ', '123-45-6789'])('the same number: %j', async (ssn) => {
    await expectAnswer(await verify({ ...DOE, ssn }), 200, success('fullMatch'));
  });

  test('keys in any case, unknown keys ignored', async () => {
    await expectAnswer(
      await verify({ FIRSTNAME: 'John', lastname: 'Doe', SSN: '123-45-6789', x: 1 }),
      200,
      success('fullMatch'),
    );
  });

  test('form bodies of both kinds', async () => {
    const headers = { appid: SANDBOX.appId, appkey: SANDBOX.appKey };
    const form = new FormData();
    for (const [name, value] of Object.entries(DOE)) form.append(name, value);
    for (const body of [form, new URLSearchParams(DOE)]) {
      const answer = await fetch(`${server.url}/v1/ssnVerification`, { method: 'POST', headers, body });
      await expectAnswer(answer, 200, success('fullMatch'));
    }
    const repeated = await fetch(`${server.url}/v1/ssnVerification`, {
      method: 'POST',
      headers,
      body: new URLSearchParams([...Object.entries(DOE), ['SSN', '1']]),
    });
    await expectAnswer(repeated, 400, gateway(400, 'Bad Request'));
  });

  test('malformed JSON, another media type, a body too large, another method, another path', async () => {
    await expectAnswer(await verify('{'), 400, gateway(400, 'Bad Request'));
    await expectAnswer(await verify('{"ssn":"1","SSN":"1"}'), 400, gateway(400, 'Bad Request'));
    await expectAnswer(
      await verify('x', { 'content-type': 'text/plain' }),
      415,
      gateway(415, 'Unsupported Media Type'),
    );
    await expectAnswer(await verify({ x: 'x'.repeat(17_000) }), 413, gateway(413, 'Payload Too Large'));
    const get = await fetch(`${server.url}/v1/ssnVerification`);
    expect(get.headers.get('allow')).toBe('POST');
    await expectAnswer(get, 405, gateway(405, 'Method Not Allowed'));
    await expectAnswer(await fetch(`${server.url}/v1/other`), 404, gateway(404, 'Not Found'));
  });
});

describe('what is answered', () => {
  test.each(SANDBOX_HOLDERS)(
    '$ssn $firstName $lastName: $outcome ($shows)',
    async ({ ssn, firstName, lastName, outcome }) => {
      await expectAnswer(await verify({ ssn, firstName, lastName }), 200, success(outcome));
    },
  );

  test('the dead are told whatever the name, or with the account’s setting only to who knows it', async () => {
    const dead = { ssn: '306-30-2348', firstName: 'Edgar', lastName: 'Winterbottom' };
    await expectAnswer(await verify(dead), 200, success('deceased'));
    const add = ['account', 'add', 'discreet', '--deceased-needs-name', '--json', '--data', server.folder];
    const { app } = JSON.parse((await vidimus(add)).stdout) as { app: { appId: string; appKey: string } };
    const headers = { appid: app.appId, appkey: app.appKey };
    await expectAnswer(await verify(dead, headers), 200, success('noMatch'));
    await expectAnswer(await verify({ ...dead, firstName: 'Hester' }, headers), 200, success('deceased'));
  });

  test('failures on demand', async () => {
    await expectAnswer(
      await verify(DOE, { 'x-simulate': 'timeout' }),
      503,
      gateway(503, 'Service Unavailable'),
    );
    await expectAnswer(await verify(DOE, { 'x-simulate': '503' }), 503, gateway(503, 'Service Unavailable'));
    for (const wish of ['rate-limited', 'blocked']) {
      const answer = await verify(DOE, { 'x-simulate': wish });
      expect(answer.headers.get('retry-after')).toBe('1');
      await expectAnswer(answer, 429, LIMIT);
    }
  });

  test('what the ledger says of it', async () => {
    await verify(DOE, { transactionid: 'for-the-ledger' });
    const search = ['audit', 'search', '--reference', 'for-the-ledger', '--json', '--data', server.folder];
    expect(JSON.parse((await vidimus(search)).stdout)).toMatchObject({
      entries: [
        {
          account: 'sandbox',
          register: 'ssn',
          operation: 'verify',
          outcome: 'match',
          summary: 'SsnMatch=fullMatch',
        },
      ],
    });
  });
});

describe('names tried for one number', () => {
  const NAMES = ['Adam', 'Bert', 'Carl', 'Dora', 'Emil', 'Fred', 'Gert', 'Hans', 'Inge', 'Jens', 'Karl'];
  const names = (firstName: string, ssn: string) => ({ firstName, lastName: 'Guess', ssn });

  test('ten different ones an hour over all accounts, held or not; one that was tried may come again', async () => {
    const own = await startServer();
    const tryName = (name: string, ssn: string, headers = {}) =>
      ssnVerification(own.url, names(name, ssn), headers);
    const add = ['account', 'add', 'second', '--json', '--data', own.folder];
    const { app } = JSON.parse((await vidimus(add)).stdout) as { app: { appId: string; appKey: string } };
    const other = { appid: app.appId, appkey: app.appKey };
    for (const ssn of ['189-09-2294', '549-24-1889']) {
      const answers: number[] = [];
      for (const [place, name] of NAMES.entries()) {
        answers.push((await tryName(name, ssn, place % 2 === 0 ? {} : other)).status);
      }
      expect(answers).toEqual([...Array(10).fill(200), 429]);
      expect((await tryName('ADAM', ssn)).status).toBe(200);
      const refused = await tryName('Lars', ssn);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3500);
      await expectAnswer(refused, 429, LIMIT);
    }
    expect((await ssnVerification(own.url, DOE)).status).toBe(200);
    await own.stop();
  });

  test('a setting', async () => {
    const strict = await startServer({ flags: ['--ssn-names-per-hour', '2'] });
    const statuses: number[] = [];
    for (const name of NAMES.slice(0, 3)) {
      statuses.push((await ssnVerification(strict.url, names(name, '189-09-2294'))).status);
    }
    expect(statuses).toEqual([200, 200, 429]);
    await strict.stop();
  });
});

test('the OpenAPI document and its page', async () => {
  const document = (await (await fetch(`${server.url}/v1/swagger/json`)).json()) as {
    openapi: string;
    paths: object;
  };
  expect(document.openapi).toMatch(/^3\.1/);
  expect(Object.keys(document.paths)).toEqual(['/v1/ssnVerification']);
  const page = await (await fetch(`${server.url}/v1/swagger/index.html`)).text();
  expect(page).not.toMatch(/(src|href)="https?:/);
});
