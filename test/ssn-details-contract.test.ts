import {
  serviceToken,
  ssnDetails,
  startServer,
  type TestServer,
  unknownNumber,
  vidimus,
} from '@vidimus/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const UNKNOWN =
  '{"errorMessage":"Failed to lookup CPR. You have a maximum of 5 failed CPR requests within 24 hours."}';
const BLOCKED =
  /^\{"errorMessage":"Too many requests with invalid CPR numbers\. Expired until: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}\+00:00"\}$/;
const INVALID = '{"errorMessage":"Invalid Cpr parameter"}';
const MISSING = '{"errorMessage":"Missing Cpr parameter"}';
const KNOWN = '1307610015';

let server: TestServer;
let token: string;

beforeAll(async () => {
  server = await startServer();
  token = await serviceToken(server.url);
});
afterAll(() => server.stop());

interface Asked {
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
  readonly path?: string;
}

function ask({ body, headers, method = 'POST', path = '/op/api/v1/ssn-details' }: Asked): Promise<Response> {
  return fetch(server.url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body }),
  });
}

async function expectAnswer(answer: Response, status: number, body: string | RegExp): Promise<void> {
  const pattern = body instanceof RegExp ? body : new RegExp(`^${RegExp.escape(body)}$`);
  expect({ status: answer.status, text: await answer.text() }).toEqual({
    status,
    text: expect.stringMatching(pattern),
  });
  expect(answer.headers.get('content-type')).toBe(body === '' ? null : 'application/json; charset=utf-8');
  expectCommonHeaders(answer);
}

function expectCommonHeaders(answer: Response): void {
  expect(answer.headers.get('x-request-id')).toMatch(/^[\w-]+$/);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('content-encoding')).toBeNull();
  expect(answer.headers.get('x-vidimus-sandbox')).toBe('true');
}

describe('who may ask', () => {
  test('no token', async () => {
    const answer = await fetch(`${server.url}/op/api/v1/ssn-details`, { method: 'POST', body: '{}' });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(answer.headers.get('content-length')).toBe('0');
    await expectAnswer(answer, 401, '');
  });

  test('a token that is none', async () => {
    const answer = await ask({ headers: { authorization: 'Bearer x.y.z' }, body: '{}' });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    await expectAnswer(answer, 401, '');
  });

  test('a token without the scope', async () => {
    const { stdout } = await vidimus([
      'account',
      'add',
      'ssn only',
      '--capability',
      'ssn-verification',
      '--json',
      '--data',
      server.folder,
    ]);
    const { oauth } = JSON.parse(stdout) as { oauth: { clientId: string; clientSecret: string } };
    const scopeless = await serviceToken(server.url, oauth);
    const answer = await ask({
      headers: { authorization: `Bearer ${scopeless}` },
      body: `{"Cpr":"${KNOWN}"}`,
    });
    await expectAnswer(answer, 403, '');
  });
});

describe('what may be asked', () => {
  test.each([
    ['no body', ''],
    ['no Cpr', '{}'],
    ['null', '{"Cpr":null}'],
    ['empty', '{"Cpr":""}'],
    ['blank', '{"Cpr":" \\t"}'],
    ['a list', '[]'],
    ['a list of objects', `[{"Cpr":"${KNOWN}"}]`],
    ['a text', '"Cpr"'],
    ['null as a whole', 'null'],
    ['only other members', '{"cprNumber":"1307610015","audit":{"a":[1]}}'],
  ])('missing: %s', async (_, body) => {
    await expectAnswer(await ask({ body }), 400, MISSING);
  });

  test.each([
    ['nine digits', '{"Cpr":"130761001"}'],
    ['eleven digits', '{"Cpr":"13076100155"}'],
    ['letters', '{"Cpr":"130761001A"}'],
    ['a blank for the hyphen', '{"Cpr":"130761 0015"}'],
    ['outer blanks', '{"Cpr":" 1307610015"}'],
    ['hyphen elsewhere', '{"Cpr":"13076-10015"}'],
    ['full-width digits', '{"Cpr":"１３０７６１００１５"}'],
    ['a number', '{"Cpr":1307610015}'],
    ['a boolean', '{"Cpr":true}'],
    ['an object', '{"Cpr":{"value":"1307610015"}}'],
    ['a list', '{"Cpr":["1307610015"]}'],
    ['the placeholder of the document', '{"Cpr":"1234567890"}'],
    ['29 February 1900', '{"Cpr":"2902000015"}'],
    ['a replacement number', '{"Cpr":"7307610015"}'],
    ['a birth date to come', '{"Cpr":"010150-5000"}'],
  ])('invalid: %s', async (_, body) => {
    await expectAnswer(await ask({ body }), 400, INVALID);
  });

  test.each([
    ['cut off', `{"Cpr":"${KNOWN}"`],
    ['two documents', '{}{}'],
    ['the same key twice', `{"Cpr":"${KNOWN}","Cpr":"${KNOWN}"}`],
    ['the same key in another case', `{"Cpr":"${KNOWN}","cpr":"${KNOWN}"}`],
    ['the same key escaped', `{"Cpr":"${KNOWN}","\\u0063pr":"${KNOWN}"}`],
    ['the same key twice further down', '{"a":{"b":1,"B":2}}'],
    ['a prototype', '{"__proto__":{"Cpr":"1307610015"}}'],
    ['nested too deep', `{"a":${'['.repeat(20)}${']'.repeat(20)}}`],
    ['a byte order mark', `\uFEFF{"Cpr":"${KNOWN}"}`],
  ])('malformed: %s', async (_, body) => {
    await expectAnswer(await ask({ body }), 400, '{"errorMessage":"Bad Request"}');
  });

  test('malformed: broken UTF-8', async () => {
    const body = Buffer.concat([
      Buffer.from('{"Cpr":"1307610015","x":"'),
      Buffer.from([0xc3, 0x28]),
      Buffer.from('"}'),
    ]);
    await expectAnswer(await ask({ body: new Uint8Array(body) }), 400, '{"errorMessage":"Bad Request"}');
  });

  test('too large', async () => {
    const body = JSON.stringify({ Cpr: KNOWN, more: 'x'.repeat(16 * 1024) });
    await expectAnswer(await ask({ body }), 413, '{"errorMessage":"Payload Too Large"}');
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml'])(
    'another media type: %s',
    async (type) => {
      const answer = await ask({ body: `{"Cpr":"${KNOWN}"}`, headers: { 'content-type': type } });
      await expectAnswer(answer, 415, '{"errorMessage":"Unsupported Media Type"}');
    },
  );

  test.each(['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('another method: %s', async (method) => {
    const answer = await ask({ method });
    expect(answer.headers.get('allow')).toBe('POST');
    await expectAnswer(answer, 405, '{"errorMessage":"Method Not Allowed"}');
  });

  test('another path below /op', async () => {
    await expectAnswer(await ask({ path: '/op/api/v1/other' }), 404, '{"errorMessage":"Not Found"}');
  });

  test('another path outside every surface', async () => {
    const answer = await ask({ path: '/nowhere' });
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(await answer.json()).toMatchObject({ title: 'Not Found', status: 404 });
  });
});

describe('the ways of writing one request', () => {
  const found = /^\{"ssn\.details\.status":"success"/;

  test.each([
    ['the hyphen', { body: '{"Cpr":"130761-0015"}' }],
    ['cpr', { body: '{"cpr":"1307610015"}' }],
    ['CPR', { body: '{"CPR":"1307610015"}' }],
    ['unknown members', { body: '{"Cpr":"1307610015","constructor":1,"toString":null}' }],
    [
      'a charset',
      { body: '{"Cpr":"1307610015"}', headers: { 'content-type': 'application/json; charset=utf-8' } },
    ],
  ])('%s', async (_, asked) => {
    await expectAnswer(await ask(asked), 200, found);
  });

  test('no content type, as in the document', async () => {
    const answer = await fetch(`${server.url}/op/api/v1/ssn-details`, {
      method: 'POST',
      headers: { authorization: `bearer ${token}` },
      body: Buffer.from('{"Cpr":"1307610015"}'),
    });
    await expectAnswer(answer, 200, found);
  });

  test('a request id is taken over when it is sane', async () => {
    const sane = await ask({ body: '{}', headers: { 'x-request-id': 'case-812.1' } });
    expect(sane.headers.get('x-request-id')).toBe('case-812.1');
    const insane = await ask({ body: '{}', headers: { 'x-request-id': 'a b<script>' } });
    expect(insane.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
  });
});

describe('what is answered', () => {
  const status = (protection: string, word: string): string =>
    `"ssn.details.status":"success","ssn.details.name_address_protected":"${protection}","ssn.details.person_status":"${word}"`;
  const name = (given: string, surname: string): string =>
    `,"ssn.details.given_name":"${given}","ssn.details.surname":"${surname}"`;

  test.each([
    [
      'active, with everything but a c/o name',
      '1307610015',
      `{${status('false', 'Active')},"ssn.details.given_name":"Poul","ssn.details.middle_name":"Udt","ssn.details.surname":"Junkersen","ssn.details.city_name":"Hasseris","ssn.details.floor":"st","ssn.details.street_name":"Industrivænget","ssn.details.street_number":"2","ssn.details.unit":"th","ssn.details.zip_code":"9000","ssn.details.zip_name":"Aalborg"}`,
    ],
    [
      'with a c/o name and no place name',
      '0709614495',
      `{${status('false', 'Active')}${name('Ivar', 'Engquist')},"ssn.details.care_of_name":"c/o Andersen","ssn.details.floor":"1","ssn.details.street_name":"Svinget","ssn.details.street_number":"39","ssn.details.unit":"mf","ssn.details.zip_code":"9000","ssn.details.zip_name":"Aalborg"}`,
    ],
    [
      'an infant without a name',
      '3006980014',
      `{${status('false', 'Active')},"ssn.details.city_name":"Hasseris","ssn.details.floor":"1","ssn.details.street_name":"Industrivænget","ssn.details.street_number":"92","ssn.details.unit":"tv","ssn.details.zip_code":"9000","ssn.details.zip_name":"Aalborg"}`,
    ],
    ['protected', '0701614011', `{${status('true', 'Active')}}`],
    ['protected and emigrated', '0708614335', `{${status('true', 'Emigrated')}}`],
    [
      'high road code',
      '3012995007',
      `{${status('false', 'ActiveWithHighRoadCode')},"ssn.details.given_name":"Ulrik","ssn.details.middle_name":"Emmerich","ssn.details.surname":"Udtzen","ssn.details.street_name":"Uden Fast Bopæl","ssn.details.street_number":"1","ssn.details.zip_code":"9000","ssn.details.zip_name":"Aalborg"}`,
    ],
    [
      'Greenland, with a building number',
      '3112000010',
      `{${status('false', 'ActiveRegisteredResidenceInGreenlandicCpr')}${name('Ulrike', 'Udtzon')},"ssn.details.street_name":"Aqqusinersuaq","ssn.details.street_number":"B-3112","ssn.details.zip_code":"3900","ssn.details.zip_name":"Nuuk"}`,
    ],
    [
      'Greenland, high road code',
      '0904414131',
      `{${status('false', 'ActiveRegisteredResidenceInGreenlandicCprWithHighRoadCode')}${name('Gunnar', 'Holgersen')},"ssn.details.street_name":"Uden Fast Bopæl","ssn.details.street_number":"1","ssn.details.zip_code":"3911","ssn.details.zip_name":"Sisimiut"}`,
    ],
    [
      'administrative',
      '0905414143',
      `{${status('false', 'ActiveAdministrativeSocialSecurityNumber')}${name('Kaj', 'Roland')}}`,
    ],
    [
      'cancelled',
      '0701614054',
      `{${status('false', 'CancelledSocialSecurityNumber')}${name('Pernille', 'Hagensen Nvnkor')}}`,
    ],
    [
      'deleted',
      '0101520013',
      `{${status('false', 'DeletedSocialSecurityNumber')}${name('Arne Efraim Udtzon', 'Jensen')}}`,
    ],
    [
      'changed',
      '0706614818',
      `{${status('false', 'ChangedSocialSecurityNumber')}${name('Lise', 'Kofoed-Svendsen')}}`,
    ],
    ['missing', '1312814362', `{${status('false', 'Missing')}${name('Janne', 'Mortensen')}}`],
    ['emigrated', '0709614258', `{${status('false', 'Emigrated')}${name('Helle', 'Gunvorsen')}}`],
    ['deceased', '0901414084', `{${status('false', 'Deceased')}${name('Lise', 'Roland')}}`],
  ])('%s', async (_, cpr, body) => {
    await expectAnswer(await ssnDetails(server.url, token, cpr), 200, body);
  });
});

describe('failures on demand', () => {
  const simulate = (wish: string) => ssnDetails(server.url, token, KNOWN, { 'x-simulate': wish });

  test('the register cannot be reached', async () => {
    await expectAnswer(await simulate('timeout'), 200, '{"ssn.details.status":"unable_to_lookup"}');
  });

  test('the ledger cannot be written', async () => {
    await expectAnswer(await simulate('503'), 503, '{"errorMessage":"Service Unavailable"}');
  });

  test('blocked', async () => {
    const answer = await simulate('blocked');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(86_000);
    await expectAnswer(answer, 429, BLOCKED);
  });

  test('too fast', async () => {
    const answer = await simulate('rate-limited');
    expect(answer.headers.get('retry-after')).toBe('1');
    await expectAnswer(answer, 429, '{"errorMessage":"Too many requests."}');
  });

  test('slow', async () => {
    const begun = performance.now();
    await expectAnswer(await simulate('slow=300'), 200, /success/);
    expect(performance.now() - begun).toBeGreaterThan(290);
  });

  test('a wish that is not understood', async () => {
    await expectAnswer(await simulate('fire'), 400, /X-Simulate takes/);
  });
});

describe('the budget', () => {
  let own: TestServer;
  let key: string;
  beforeAll(async () => {
    own = await startServer();
    key = await serviceToken(own.url);
  });
  afterAll(() => own.stop());

  test('five failures, the sixth refused, and then everything but the token', async () => {
    for (const cpr of ['1234567890', '9999999999', 'nonsense']) {
      await expectAnswer(await ssnDetails(own.url, key, cpr), 400, INVALID);
    }
    await expectAnswer(await ssnDetails(own.url, key, KNOWN, { 'x-simulate': 'timeout' }), 200, /unable/);
    for (const index of [1, 2, 3, 4, 4]) {
      await expectAnswer(await ssnDetails(own.url, key, unknownNumber(index)), 400, UNKNOWN);
    }
    const sixth = await ssnDetails(own.url, key, unknownNumber(6));
    const retryAfter = Number(sixth.headers.get('retry-after'));
    expect(retryAfter).toBeGreaterThan(24 * 3600 - 10);
    expect(retryAfter).toBeLessThanOrEqual(24 * 3600);
    const until = await sixth.clone().text();
    await expectAnswer(sixth, 429, BLOCKED);

    const blocked = [
      ssnDetails(own.url, key, KNOWN),
      ssnDetails(own.url, key, unknownNumber(7)),
      ssnDetails(own.url, key, 'nonsense'),
      ...[
        { body: '{' },
        { body: 'x'.repeat(20_000) },
        { body: '{}', headers: { 'content-type': 'text/plain' } },
      ].map(({ body, headers }) =>
        fetch(`${own.url}/op/api/v1/ssn-details`, {
          method: 'POST',
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
          body,
        }),
      ),
    ];
    for (const answer of await Promise.all(blocked)) await expectAnswer(answer, 429, until);
    expect(await serviceToken(own.url)).toMatch(/^ey/);
  });

  test('what the ledger says of it', async () => {
    const { stdout } = await vidimus(['audit', 'search', '--json', '--data', own.folder]);
    const { entries } = JSON.parse(stdout) as { entries: { outcome: string; failures: number }[] };
    expect(entries.map(({ outcome }) => outcome).reverse()).toEqual([
      'unavailable',
      ...Array(5).fill('unknown'),
      ...Array(3).fill('blocked'),
    ]);
  });

  test('an operator unlocks it', async () => {
    const unlock = ['account', 'unlock', 'sandbox', '--reason', 'typing errors', '--data', own.folder];
    expect((await vidimus(unlock)).exit).toBe(0);
    await expectAnswer(await ssnDetails(own.url, key, KNOWN), 200, /success/);
    await expectAnswer(await ssnDetails(own.url, key, unknownNumber(8)), 400, UNKNOWN);
    const { stdout } = await vidimus([
      'audit',
      'search',
      '--operation',
      'unlock',
      '--json',
      '--data',
      own.folder,
    ]);
    expect(JSON.parse(stdout)).toMatchObject({
      entries: [{ outcome: 'unlocked', context: 'typing errors' }],
    });
  });
});

test('the request rate of an account', async () => {
  const add = ['account', 'add', 'slow', '--limit', 'rate=1', '--json', '--data', server.folder];
  const { oauth } = JSON.parse((await vidimus(add)).stdout) as {
    oauth: { clientId: string; clientSecret: string };
  };
  const slow = await serviceToken(server.url, oauth);
  const answers = await Promise.all(Array.from({ length: 8 }, () => ssnDetails(server.url, slow, KNOWN)));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThanOrEqual(4);
  for (const answer of refused) {
    expect(answer.headers.get('retry-after')).toBe('1');
    await expectAnswer(answer, 429, '{"errorMessage":"Too many requests."}');
  }
});

test('the OpenAPI document and its page', async () => {
  const document = (await (await fetch(`${server.url}/op/swagger/json`)).json()) as {
    openapi: string;
    paths: Record<string, unknown>;
  };
  expect(document.openapi).toMatch(/^3\.1/);
  expect(Object.keys(document.paths).sort()).toEqual([
    '/op/.well-known/openid-configuration',
    '/op/.well-known/openid-configuration/jwks',
    '/op/api/v1/ssn-details',
    '/op/connect/token',
  ]);
  const page = await fetch(`${server.url}/op/swagger/index.html`);
  expect(page.status).toBe(200);
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const html = await page.text();
  expect(html).toContain('swagger-ui');
  expect(html).not.toMatch(/(src|href)="https?:/);
});
