import {
  cprApi,
  SANDBOX,
  serviceToken,
  ssnDetails,
  startServer,
  type TestServer,
  unknownNumber,
  vidimus,
} from '@vidimus/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const KNOWN = '1307610015';
const LOOKUP = '/cpr/cpr/lookup';
const VALIDATE = '/cpr/cpr/validate';
const AUDIT = { externalReference: 'case-1', context: 'onboarding' };
const CUSTOMER = {
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

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const lookUp = (cpr: string, headers = {}) => cprApi(server.url, LOOKUP, { audit: AUDIT, cpr }, headers);
const validate = (part: object, headers = {}) =>
  cprApi(server.url, VALIDATE, { audit: AUDIT, cpr: KNOWN, ...CUSTOMER, ...part }, headers);

interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly traceId: string;
  readonly errors?: Readonly<Record<string, readonly string[]>>;
}

async function expectProblem(answer: Response, status: number): Promise<Problem> {
  const problem = (await answer.json()) as Problem;
  expect({ status: answer.status, problem }).toMatchObject({ status, problem: { status } });
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(Object.keys(problem).slice(0, 5)).toEqual(['type', 'title', 'status', 'detail', 'traceId']);
  expect(problem.traceId).toBe(answer.headers.get('x-request-id'));
  return problem;
}

describe('who may ask', () => {
  test.each([{ 'x-api-key': '' }, { 'x-api-key': 'vdm_wrong' }])(
    'without a valid key: %j',
    async (headers) => {
      for (const answer of [
        await lookUp(KNOWN, headers),
        await fetch(`${server.url}/api/brokers`, { headers }),
        await fetch(`${server.url}/api/audit/records`, { headers }),
      ]) {
        await expectProblem(answer, 401);
      }
    },
  );

  test('an account with thresholds and weights of its own', async () => {
    const add = ['account', 'add', 'strict', '--json', '--data', server.folder];
    const grading = ['--threshold', 'name=100', '--weight', 'name=100', 'address=0', 'dateOfBirth=0'];
    const { apiKey } = JSON.parse((await vidimus([...add, ...grading])).stdout) as { apiKey: string };
    const typed = { firstNames: 'Poul U.', city: 'Nowhere', street: 'Elsewhere' };
    interface Graded {
      readonly overallScore: number;
      readonly name: { readonly score: number; readonly match: boolean };
    }
    const usual = (await (await validate(typed)).json()) as Graded;
    const strict = (await (await validate(typed, { 'x-api-key': apiKey })).json()) as Graded;
    expect(usual.name).toMatchObject({ match: true });
    expect(strict.name).toMatchObject({ score: usual.name.score, match: false });
    expect(strict.overallScore).toBe(strict.name.score);
    expect(usual.overallScore).toBeLessThan(strict.overallScore);
  });

  test('an account that is held to another surface', async () => {
    const add = [
      'account',
      'add',
      'other surface',
      '--capability',
      'ssn-details',
      '--json',
      '--data',
      server.folder,
    ];
    const { apiKey } = JSON.parse((await vidimus(add)).stdout) as { apiKey: string };
    await expectProblem(await lookUp(KNOWN, { 'x-api-key': apiKey }), 403);
  });
});

describe('brokers', () => {
  test('the embedded register', async () => {
    const answer = await fetch(`${server.url}/api/brokers`, { headers: { 'x-api-key': SANDBOX.apiKey } });
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await answer.text()).toBe(
      '[{"id":"cpr","displayName":"CPR register","enabled":true,"requiresSeparateAgreement":false,"capabilities":"Cpr"}]',
    );
  });

  test('an account sees and asks only the brokers enabled for it', async () => {
    const add = ['account', 'add', 'elsewhere', '--broker', 'elsewhere', '--json', '--data', server.folder];
    const { apiKey } = JSON.parse((await vidimus(add)).stdout) as { apiKey: string };
    const headers = { 'x-api-key': apiKey };
    expect(await (await fetch(`${server.url}/api/brokers`, { headers })).text()).toBe('[]');
    const problem = await expectProblem(await lookUp(KNOWN, headers), 400);
    expect(Object.keys(problem.errors ?? {})).toEqual(['brokerId']);
  });
});

describe('what may be asked', () => {
  test.each([
    ['nothing', '', ['audit', 'cpr']],
    ['an empty object', {}, ['audit', 'cpr']],
    ['a list', [], ['audit', 'cpr']],
    ['no reference', { audit: {}, cpr: KNOWN }, ['audit.externalReference']],
    ['a blank reference', { audit: { externalReference: ' ' }, cpr: KNOWN }, ['audit.externalReference']],
    ['a null reference', { audit: { externalReference: null }, cpr: KNOWN }, ['audit.externalReference']],
    [
      'a number for a reference',
      { audit: { externalReference: 7 }, cpr: KNOWN },
      ['audit.externalReference'],
    ],
    ['a text for audit', { audit: 'x', cpr: KNOWN }, ['audit']],
    ['no cpr', { audit: AUDIT }, ['cpr']],
    ['a null cpr', { audit: AUDIT, cpr: null }, ['cpr']],
    ['a blank cpr', { audit: AUDIT, cpr: '' }, ['cpr']],
    ['a hyphen', { audit: AUDIT, cpr: '130761-0015' }, ['cpr']],
    ['a number', { audit: AUDIT, cpr: 1307610015 }, ['cpr']],
    ['no date', { audit: AUDIT, cpr: '1234567890' }, ['cpr']],
    ['a replacement number', { audit: AUDIT, cpr: '7307610015' }, ['cpr']],
    ['a birth date to come', { audit: AUDIT, cpr: '0101505000' }, ['cpr']],
  ])('lookup with %s', async (_, body, fields) => {
    const { errors } = await expectProblem(await cprApi(server.url, LOOKUP, body), 400);
    expect(Object.keys(errors ?? {}).sort()).toEqual(fields);
  });

  test.each(['firstNames', 'lastName', 'street', 'houseNumber', 'postalCode', 'city', 'dateOfBirth'])(
    'validation without %s',
    async (field) => {
      for (const missing of [{ [field]: undefined }, { [field]: null }, { [field]: ' ' }]) {
        const { errors } = await expectProblem(await validate(missing), 400);
        expect(Object.keys(errors ?? {})).toEqual([field]);
      }
    },
  );

  test.each(['1961-02-30', '13-07-1961', '1961-7-13', 'yesterday'])(
    'validation with the date of birth %s',
    async (dateOfBirth) => {
      const { errors } = await expectProblem(await validate({ dateOfBirth }), 400);
      expect(errors).toEqual({ dateOfBirth: ['The dateOfBirth field must be a date, written YYYY-MM-DD.'] });
    },
  );

  test('floor and door may be missing or null', async () => {
    expect((await validate({ floor: null, door: undefined })).status).toBe(200);
  });

  test('keys in any case, unknown keys ignored', async () => {
    const body = { AUDIT: { EXTERNALREFERENCE: 'x', more: 1 }, Cpr: KNOWN, other: {} };
    expect((await cprApi(server.url, LOOKUP, body)).status).toBe(200);
  });

  test.each([
    ['an unknown broker', '/cpr/nobody/lookup'],
    ['an unknown broker to validate', '/cpr/nobody/validate'],
  ])('%s', async (_, path) => {
    const { errors } = await expectProblem(
      await cprApi(server.url, path, { audit: AUDIT, cpr: KNOWN, ...CUSTOMER }),
      400,
    );
    expect(Object.keys(errors ?? {})).toEqual(['brokerId']);
  });

  test.each([
    ['malformed JSON', '{"cpr":', {}, 400],
    ['duplicate keys', `{"cpr":"${KNOWN}","CPR":"${KNOWN}"}`, {}, 400],
    ['another media type', '{}', { 'content-type': 'text/plain' }, 415],
    ['a body too large', `{"cpr":"${'1'.repeat(17_000)}"}`, {}, 413],
  ])('%s', async (_, body, headers, status) => {
    await expectProblem(await cprApi(server.url, LOOKUP, body, headers), status);
  });

  test('another method, another path', async () => {
    const get = await fetch(`${server.url}/api${LOOKUP}`, { headers: { 'x-api-key': SANDBOX.apiKey } });
    expect(get.headers.get('allow')).toBe('POST');
    await expectProblem(get, 405);
    const post = await cprApi(server.url, '/brokers', {});
    expect(post.headers.get('allow')).toBe('GET');
    await expectProblem(post, 405);
    await expectProblem(await cprApi(server.url, '/nowhere', {}), 404);
  });
});

describe('lookup', () => {
  const NO_ADDRESS =
    '"address":{"streetName":null,"streetNumber":null,"floor":null,"unit":null,"careOfName":null,"zipCode":null,"zipName":null,"cityName":null}';
  const name = (given: string | null, middle: string | null, surname: string | null) =>
    `"name":${JSON.stringify({ givenName: given, middleName: middle, surname })}`;

  test.each([
    [
      'active',
      KNOWN,
      `${name('Poul', 'Udt', 'Junkersen')},"address":{"streetName":"Industrivænget","streetNumber":"2","floor":"st","unit":"th","careOfName":null,"zipCode":"9000","zipName":"Aalborg","cityName":"Hasseris"},"personStatus":"Active","isNameAddressProtected":false`,
    ],
    [
      'Greenland',
      '3112000010',
      `${name('Ulrike', null, 'Udtzon')},"address":{"streetName":"Aqqusinersuaq","streetNumber":"B-3112","floor":null,"unit":null,"careOfName":null,"zipCode":"3900","zipName":"Nuuk","cityName":null},"personStatus":"ActiveRegisteredResidenceInGreenlandicCpr","isNameAddressProtected":false`,
    ],
    [
      'protected',
      '0701614011',
      `${name(null, null, null)},${NO_ADDRESS},"personStatus":"Active","isNameAddressProtected":true`,
    ],
    [
      'emigrated',
      '0709614258',
      `${name('Helle', null, 'Gunvorsen')},${NO_ADDRESS},"personStatus":"Emigrated","isNameAddressProtected":false`,
    ],
    [
      'deceased',
      '0901414084',
      `${name('Lise', null, 'Roland')},${NO_ADDRESS},"personStatus":"Deceased","isNameAddressProtected":false`,
    ],
    [
      'missing',
      '1312814362',
      `${name('Janne', null, 'Mortensen')},${NO_ADDRESS},"personStatus":"Missing","isNameAddressProtected":false`,
    ],
    [
      'changed',
      '0706614818',
      `${name('Lise', null, 'Kofoed-Svendsen')},${NO_ADDRESS},"personStatus":"ChangedSocialSecurityNumber","isNameAddressProtected":false`,
    ],
  ])('%s', async (_, cpr, person) => {
    const answer = await lookUp(cpr);
    const text = await answer.text();
    expect(answer.status).toBe(200);
    expect(text.replace(/"retrievedAtUtc":"[^"]+"/, '"retrievedAtUtc":"…"')).toBe(
      `{"person":{"cprNumber":"${cpr}",${person},"retrievedAtUtc":"…"}}`,
    );
    const { person: read } = JSON.parse(text) as { person: { retrievedAtUtc: string } };
    expect(read.retrievedAtUtc).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(Math.abs(Date.parse(read.retrievedAtUtc) - Date.now())).toBeLessThan(5000);
  });

  test('the register cannot be reached: 503, and the ledger not writable: 503', async () => {
    await expectProblem(await lookUp(KNOWN, { 'x-simulate': 'timeout' }), 503);
    await expectProblem(await lookUp(KNOWN, { 'x-simulate': '503' }), 503);
  });

  test('too fast: 429 in whole seconds', async () => {
    const answer = await lookUp(KNOWN, { 'x-simulate': 'rate-limited' });
    expect(answer.headers.get('retry-after')).toBe('1');
    await expectProblem(answer, 429);
  });
});

describe('validation', () => {
  const NOTHING = '{"score":0,"match":false,"comment":null}';
  const NO_EVIDENCE =
    '"evidence":{"normalizedCprName":null,"normalizedCustomerName":null,"normalizedCprAddress":null,"normalizedCustomerAddress":null,"cprDateOfBirth":null}';

  test('all fields match', async () => {
    const fits = '{"score":100,"match":true,"comment":null}';
    expect(await (await validate({})).text()).toBe(
      `{"verdict":"Match","overallScore":100,"name":${fits},"address":${fits},"dateOfBirth":${fits},"risk":{"level":"Low","reasons":[]},"evidence":{"normalizedCprName":"poul udt junkersen","normalizedCustomerName":"poul udt junkersen","normalizedCprAddress":"industrivaenget 2, st. th, 9000 aalborg","normalizedCustomerAddress":"industrivaenget 2, st. th, 9000 aalborg","cprDateOfBirth":"1961-07-13"}}`,
    );
  });

  test('the alias path answers the same', async () => {
    const body = { audit: AUDIT, cpr: KNOWN, ...CUSTOMER };
    const [path, alias] = await Promise.all(
      [VALIDATE, '/cpr/cpr/validation'].map((at) => cprApi(server.url, at, body)),
    );
    expect(await alias?.text()).toBe(await path?.text());
  });

  test.each([
    ['NotFound', { cpr: '0101019999' }, {}, 'NotFound'],
    ['Error', {}, { 'x-simulate': 'timeout' }, 'RegisterUnavailable'],
  ])('verdict %s: zeros, high risk, evidence null-filled', async (verdict, part, headers, reason) => {
    const answer = await validate(part, headers);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe(
      `{"verdict":"${verdict}","overallScore":0,"name":${NOTHING},"address":${NOTHING},"dateOfBirth":${NOTHING},"risk":{"level":"High","reasons":["${reason}"]},${NO_EVIDENCE}}`,
    );
  });

  const PROTECTED = { score: 0, match: false, comment: 'The person has name and address protection.' };

  test.each([
    [
      'the right name and address',
      {
        firstNames: 'Aksel',
        lastName: 'Sander',
        houseNumber: '26',
        floor: '1',
        door: 'tv',
        dateOfBirth: '1961-01-07',
      },
      100,
    ],
    ['everything wrong', { dateOfBirth: '1990-01-01' }, 0],
  ])('a protected person with %s: nothing tells', async (_, typed, birthScore) => {
    const answer = await validate({ cpr: '0701614011', ...typed });
    const text = await answer.text();
    expect(JSON.parse(text)).toMatchObject({
      verdict: 'PartialMatch',
      name: PROTECTED,
      address: PROTECTED,
      dateOfBirth: { score: birthScore },
      risk: { level: 'Medium', reasons: expect.arrayContaining(['NameAddressProtected']) },
    });
    expect(text).toContain(NO_EVIDENCE);
  });

  test('with the capability for it a protected person is compared, still without evidence', async () => {
    const add = [
      'account',
      'add',
      'authority',
      '--capability',
      'protected.compare',
      '--json',
      '--data',
      server.folder,
    ];
    const { apiKey } = JSON.parse((await vidimus(add)).stdout) as { apiKey: string };
    const right = {
      cpr: '0701614011',
      firstNames: 'Aksel',
      lastName: 'Sander',
      houseNumber: '26',
      floor: '1',
      door: 'tv',
      dateOfBirth: '1961-01-07',
    };
    const answer = await validate(right, { 'x-api-key': apiKey });
    const text = await answer.text();
    expect(JSON.parse(text)).toMatchObject({
      verdict: 'Match',
      overallScore: 100,
      risk: { level: 'Medium', reasons: ['NameAddressProtected'] },
    });
    expect(text).toContain(NO_EVIDENCE);
    const wrong = await validate({ ...right, lastName: 'Hansen' }, { 'x-api-key': apiKey });
    expect(await wrong.json()).toMatchObject({ verdict: 'PartialMatch', name: { match: false } });
  });

  test.each([
    [
      'another name',
      { firstNames: 'Gerda', lastName: 'Holmstad' },
      'PartialMatch',
      ['NameMismatch'],
      'Medium',
    ],
    ['another house number', { houseNumber: '4' }, 'PartialMatch', ['AddressMismatch'], 'Medium'],
    [
      'another date of birth',
      { dateOfBirth: '1961-07-14' },
      'PartialMatch',
      ['DateOfBirthMismatch'],
      'Medium',
    ],
    [
      'another name and address',
      { firstNames: 'Gerda', lastName: 'Holmstad', street: 'Søgade', houseNumber: '33', floor: '2' },
      'NoMatch',
      ['NameMismatch', 'AddressMismatch'],
      'High',
    ],
  ])('%s', async (_, part, verdict, reasons, level) => {
    expect(await (await validate(part)).json()).toMatchObject({ verdict, risk: { level, reasons } });
  });

  test.each([
    ['deceased', '0901414084', 'Lise', 'Roland', '1941-01-09', 'Deceased', 'High'],
    ['emigrated', '0709614258', 'Helle', 'Gunvorsen', '1961-09-07', 'Emigrated', 'Medium'],
    ['missing', '1312814362', 'Janne', 'Mortensen', '1981-12-13', 'Missing', 'Medium'],
    ['cancelled', '0701614054', 'Pernille', 'Hagensen Nvnkor', '1961-01-07', 'NumberCancelled', 'High'],
    ['deleted', '0101520013', 'Arne Efraim Udtzon', 'Jensen', '1952-01-01', 'NumberDeleted', 'High'],
    ['changed', '0706614818', 'Lise', 'Kofoed-Svendsen', '1961-06-07', 'NumberChanged', 'Medium'],
    ['administrative', '0905414143', 'Kaj', 'Roland', '1941-05-09', 'AdministrativeNumber', 'Medium'],
    ['high road code', '3012995007', 'Ulrik Emmerich', 'Udtzen', '1899-12-30', 'HighRoadCode', 'Medium'],
  ])(
    'a number that is %s: the name is compared, the address is not, the reason is told',
    async (_, cpr, firstNames, lastName, dateOfBirth, reason, level) => {
      const answer = (await (await validate({ cpr, firstNames, lastName, dateOfBirth })).json()) as {
        verdict: string;
        name: object;
        address: { score: number; match: boolean; comment: string | null };
        risk: { level: string; reasons: string[] };
      };
      expect(answer).toMatchObject({ verdict: 'PartialMatch', name: { match: true }, risk: { level } });
      expect(answer.address).toMatchObject({ score: 0, match: false, comment: expect.any(String) });
      expect(answer.risk.reasons).toContain(reason);
    },
  );

  test('a former name and a former address count, and are told', async () => {
    const formerName = {
      cpr: '0707614234',
      firstNames: 'Bodil',
      lastName: 'Sørensen',
      dateOfBirth: '1961-07-07',
    };
    expect(await (await validate(formerName)).json()).toMatchObject({
      name: { match: false, comment: expect.stringMatching(/former/i) },
      risk: { level: 'High', reasons: expect.arrayContaining(['PreviousName']) },
    });
    const formerAddress = { street: 'Søgade', houseNumber: '86', floor: null, door: null };
    expect(await (await validate(formerAddress)).json()).toMatchObject({
      verdict: 'PartialMatch',
      address: { score: 70, match: false, comment: expect.stringMatching(/former/i) },
      risk: { level: 'Medium', reasons: expect.arrayContaining(['PreviousAddress']) },
    });
  });

  test('a person whose name the register does not hold', async () => {
    const answer = await validate({
      cpr: '3006980014',
      firstNames: 'X',
      lastName: 'Y',
      dateOfBirth: '1998-06-30',
    });
    expect(await answer.json()).toMatchObject({
      name: { score: 0, match: false, comment: 'The register holds no name of the person.' },
    });
  });
});

describe('audit records', () => {
  let own: TestServer;
  let key: string;
  beforeAll(async () => {
    own = await startServer();
    const add = await vidimus(['account', 'add', 'acme', '--json', '--data', own.folder]);
    key = (JSON.parse(add.stdout) as { apiKey: string }).apiKey;
    await cprApi(own.url, LOOKUP, { audit: { externalReference: 'other account' }, cpr: KNOWN });
    for (let i = 1; i <= 3; i += 1) {
      await cprApi(
        own.url,
        LOOKUP,
        { audit: { externalReference: `case-${i}`, context: 'c' }, cpr: KNOWN },
        { 'x-api-key': key },
      );
    }
    await cprApi(
      own.url,
      VALIDATE,
      { audit: { externalReference: 'case-1' }, cpr: KNOWN, ...CUSTOMER },
      { 'x-api-key': key },
    );
  });
  afterAll(() => own.stop());

  interface Page {
    readonly page: number;
    readonly pageSize: number;
    readonly totalCount: number;
    readonly items: readonly {
      readonly id: number;
      readonly operation: string;
      readonly externalReference: string;
    }[];
  }
  const records = async (query: string): Promise<Page> =>
    (await (
      await fetch(`${own.url}/api/audit/records${query}`, { headers: { 'x-api-key': key } })
    ).json()) as Page;

  test('own entries only, newest first, at once, metadata only', async () => {
    const page = await records('');
    expect(page).toMatchObject({ page: 1, pageSize: 50, totalCount: 4 });
    expect(page.items[0]).toEqual({
      id: expect.any(Number),
      externalReference: 'case-1',
      context: null,
      category: 'Cpr',
      operation: 'validate',
      performedAt: expect.stringMatching(/Z$/),
      resultSummary: 'Verdict=Match, OverallScore=100',
    });
    expect(page.items[1]).toMatchObject({
      operation: 'lookup',
      externalReference: 'case-3',
      context: 'c',
      resultSummary: 'PersonStatus=Active, IsNameAddressProtected=False',
    });
    expect(JSON.stringify(page)).not.toMatch(/Junkersen|1307610015/);
  });

  test('filters and pages', async () => {
    expect((await records('?externalReference=case-1')).totalCount).toBe(2);
    expect((await records('?externalReference=case-1&operation=lookup')).totalCount).toBe(1);
    expect((await records('?category=Cpr')).totalCount).toBe(4);
    expect((await records('?category=Ssn')).totalCount).toBe(0);
    expect((await records('?ExternalReference=case-1&OPERATION=lookup&other=1')).totalCount).toBe(1);
    expect((await records('?from=2999-01-01')).totalCount).toBe(0);
    expect((await records('?to=2999-01-01T00:00:00Z')).totalCount).toBe(4);
    const second = await records('?page=2&pageSize=3');
    expect(second).toMatchObject({ page: 2, pageSize: 3, totalCount: 4 });
    expect(second.items).toHaveLength(1);
  });

  test.each([
    'page=0',
    'page=x',
    'pageSize=0',
    'pageSize=501',
    'category=Dog',
    'operation=delete',
    'from=soon',
    'from=2026-11-20%00',
    'to=2026-11-20T08:00:00Z%20(Friday)',
    'page=1&page=2',
    'page=1&Page=2',
  ])('a bad filter: %s', async (filter) => {
    const answer = await fetch(`${own.url}/api/audit/records?${filter}`, { headers: { 'x-api-key': key } });
    await expectProblem(answer, 400);
  });
});

describe('the budget, one for both CPR surfaces', () => {
  test('failures add up over surfaces, the block refuses questions and nothing else', async () => {
    const own = await startServer();
    const token = await serviceToken(own.url);
    const ask = (path: string, body: unknown, headers = {}) => cprApi(own.url, path, body, headers);
    expect((await ssnDetails(own.url, token, unknownNumber(1))).status).toBe(400);
    expect((await ask(LOOKUP, { audit: AUDIT, cpr: unknownNumber(2) })).status).toBe(404);
    expect((await ask(VALIDATE, { audit: AUDIT, cpr: unknownNumber(3), ...CUSTOMER })).status).toBe(200);
    expect((await ask(LOOKUP, { audit: AUDIT, cpr: unknownNumber(4) })).status).toBe(404);
    expect((await ssnDetails(own.url, token, unknownNumber(5))).status).toBe(400);
    for (const body of [
      { audit: AUDIT, cpr: unknownNumber(6) },
      { audit: AUDIT, cpr: KNOWN },
      { cpr: KNOWN },
      { cpr: 'nonsense' },
      '{',
    ]) {
      const problem = await expectProblem(await ask(LOOKUP, body), 400);
      expect(problem.detail).toMatch(
        /^Too many failed lookups\. This account is blocked until \d{4}-\d\d-\d\dT/,
      );
      expect(problem.errors).toBeUndefined();
    }
    await expectProblem(await ask(VALIDATE, { audit: AUDIT, cpr: KNOWN, ...CUSTOMER }), 400);
    await expectProblem(await ask(LOOKUP, 'x', { 'content-type': 'text/plain' }), 400);
    expect((await ssnDetails(own.url, token, KNOWN)).status).toBe(429);
    const headers = { 'x-api-key': SANDBOX.apiKey };
    expect((await fetch(`${own.url}/api/brokers`, { headers })).status).toBe(200);
    const page = (await (await fetch(`${own.url}/api/audit/records`, { headers })).json()) as {
      items: { resultSummary: string; externalReference: string | null; operation: string }[];
    };
    // The 6th failure, the known number, the one without a reference, the validation and the one of SSN Details.
    expect(page.items.filter(({ resultSummary }) => resultSummary === 'Blocked')).toHaveLength(5);
    await own.stop();
  });
});

test('the OpenAPI document and its page', async () => {
  const document = (await (await fetch(`${server.url}/api/swagger/json`)).json()) as {
    openapi: string;
    paths: object;
  };
  expect(document.openapi).toMatch(/^3\.1/);
  expect(Object.keys(document.paths).sort()).toEqual([
    '/api/audit/records',
    '/api/brokers',
    '/api/cpr/{brokerId}/lookup',
    '/api/cpr/{brokerId}/validate',
  ]);
  const page = await (await fetch(`${server.url}/api/swagger/index.html`)).text();
  expect(page).toContain('swagger-ui');
  expect(page).not.toMatch(/(src|href)="https?:/);
});
