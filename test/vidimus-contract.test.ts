import { type RecordProof, verifyProof } from '@vidimus/client';
import { serviceToken, startServer, type TestServer, unknownNumber, vidimus } from '@vidimus/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyProof as verifyAlone } from '../packages/ledger/bin/verify-proof.ts';
import { type Client, clientOf, type Json, newAccount, PURPOSE } from './vidimus/client.ts';

let server: TestServer;
let client: Client;
let other: Client;
beforeAll(async () => {
  server = await startServer();
  client = await clientOf(server.url);
  other = await clientOf(server.url, await newAccount(server.folder, 'other'));
});
afterAll(() => server.stop());

const lookUp = (number: string, register = 'cpr', by = client) =>
  by.post('/lookups', { register, number, ...PURPOSE });
const POUL = {
  register: 'cpr',
  number: '1307610015',
  given: 'Poul Udt',
  surname: 'Junkersen',
  address: 'Industrivænget 2, st. th, 9000 Aalborg',
  dateOfBirth: '1961-07-13',
  ...PURPOSE,
};
const JOHN = { register: 'ssn', number: '123-45-6789', given: 'John', surname: 'Doe', ...PURPOSE };
const verifies = (question: object, by = client) => by.post('/verifications', question);

const CPR = ['subject', 'recordId', 'answeredAt', 'budget'];
const SSN = ['subject', 'recordId', 'answeredAt'];

describe('lookups', () => {
  test.each([
    ['1307610015', 'found', 'Active', ['name', 'address']],
    ['3006980014', 'found', 'Active', ['name', 'address']],
    ['0905414143', 'found', 'ActiveAdministrativeSocialSecurityNumber', ['name', 'address']],
    ['0701614011', 'protected', 'Active', []],
    ['0708614335', 'protected', 'Emigrated', []],
    ['0709614258', 'emigrated', 'Emigrated', ['name']],
    ['1312814362', 'missing', 'Missing', ['name']],
    ['0901414084', 'deceased', 'Deceased', ['name']],
    ['0701614054', 'retired', 'CancelledSocialSecurityNumber', ['name', 'currentSubject']],
    ['0706614818', 'retired', 'ChangedSocialSecurityNumber', ['name', 'currentSubject']],
  ])('%s is %s, %s', async (number, outcome, status, members) => {
    const { json, text } = await lookUp(number);
    const head = ['outcome', 'register', 'status', 'nameAddressProtected'];
    expect(json).toMatchObject({ outcome, register: 'cpr', status });
    expect(Object.keys(json)).toEqual([...head, ...members, ...CPR]);
    expect(text).not.toContain(number);
  });

  test('an unknown number is an answer, and costs one of the budget', async () => {
    const { json } = await lookUp(unknownNumber(1), 'cpr', other);
    expect(json).toMatchObject({ outcome: 'unknown', budget: { failures: 1, remaining: 4 } });
    expect(Object.keys(json)).toEqual(['outcome', 'register', ...CPR]);
  });

  test.each([
    ['123-45-6789', 'held'],
    ['212-09-7694', 'deceased'],
    ['219-09-9998', 'unknown'],
  ])('of the SSN %s it tells that it is %s, and nothing of its holder', async (number, outcome) => {
    const { json } = await lookUp(number, 'ssn');
    expect(json).toMatchObject({ outcome, register: 'ssn' });
    expect(Object.keys(json)).toEqual(['outcome', 'register', ...SSN]);
  });

  test('a death is not told to an account that must know the name', async () => {
    const discreet = await clientOf(
      server.url,
      await newAccount(server.folder, 'discreet', '--deceased-needs-name'),
    );
    expect((await lookUp('212-09-7694', 'ssn', discreet)).json).toMatchObject({ outcome: 'held' });
  });

  test('a token of any scope is as good as a key', async () => {
    const token = await clientOf(server.url, await serviceToken(server.url));
    expect((await lookUp('1307610015', 'cpr', token)).status).toBe(200);
  });
});

describe('the subject', () => {
  const subjectOf = async (number: string, by = client, register = 'cpr') =>
    (await lookUp(number, register, by)).json['subject'];

  test('is the same for every form of a number, on every route', async () => {
    const forms = ['1307610015', '130761-0015', ' 130761 - 0015 ', '13 07 61 00 15', '130761\u20130015'];
    const subjects = await Promise.all(forms.map((form) => subjectOf(form)));
    subjects.push((await verifies(POUL)).json['subject']);
    expect(new Set(subjects).size).toBe(1);
  });

  test('is another one for every account, number and register', async () => {
    const subjects = [
      await subjectOf('1307610015'),
      await subjectOf('1307610015', other),
      await subjectOf('0701614011'),
      await subjectOf('123-45-6789', client, 'ssn'),
      await subjectOf('123-45-6789', other, 'ssn'),
    ];
    expect(new Set(subjects).size).toBe(5);
  });

  test('leads from a changed number to the one of today, and never to a protected person', async () => {
    const { currentSubject } = (await lookUp('0706614818')).json;
    expect(currentSubject).toMatch(/^sub_/);
    expect(currentSubject).not.toBe(await subjectOf('0706614818'));
    const cancelled = (await lookUp('0701614054')).json;
    expect(cancelled['currentSubject']).toBeNull();
  });
});

interface Explanation {
  fields: { field: string; threshold: number; score: number; alignment: Json[] }[];
  arithmetic: {
    terms: { score: number; weight: number; product: number }[];
    sum: number;
    weights: number;
    score: number;
  };
  toPass: { field: string; change: string[]; score: number }[];
}
const explanationOf = (json: Json) => json['explanation'] as Explanation;
const stateOf = (json: Json, field: string) =>
  (json['fields'] as Record<string, { state: string }>)[field]?.state;

describe('verifications', () => {
  test('all that was typed matches', async () => {
    const { json } = await verifies(POUL);
    expect(json).toMatchObject({
      outcome: 'compared',
      verdict: 'match',
      score: 100,
      risk: { level: 'low', reasons: [] },
    });
    expect(explanationOf(json).toPass).toEqual([]);
  });

  test('what was not typed counts nothing, what the register does not have is said', async () => {
    const { address: _, dateOfBirth: __, ...name } = POUL;
    const alone = (await verifies(name)).json;
    expect(alone).toMatchObject({ verdict: 'match', score: 100 });
    expect([stateOf(alone, 'address'), stateOf(alone, 'dateOfBirth')]).toEqual([
      'notSupplied',
      'notSupplied',
    ]);
    const emigrant = (await verifies({ ...POUL, number: '0709614258', given: 'Helle', surname: 'Gunvorsen' }))
      .json;
    expect([stateOf(emigrant, 'name'), stateOf(emigrant, 'address')]).toEqual(['match', 'noData']);
  });

  const TYPED: [string, object][] = [
    ['another surname', { surname: 'Jensen' }],
    ['another house', { address: 'Industrivænget 4, st. th, 9000 Aalborg' }],
    [
      'another floor and door',
      { address: { road: 'Industrivænget', houseNumber: '2', floor: '1', door: 'tv', postcode: '9000' } },
    ],
    [
      'another everything',
      { given: 'Xenophon', surname: 'Quistgaard', address: 'Nørregade 117, 6700 Esbjerg' },
    ],
    ['day and month swapped', { dateOfBirth: '1961-12-07', address: 'Industrivej 2, 9000 Aalborg' }],
  ];

  test.each(TYPED)('%s: the sum is right, and what would make it pass does', async (_, part) => {
    const question = { ...POUL, ...part };
    const { json } = await verifies(question);
    const { fields, arithmetic, toPass } = explanationOf(json);
    const { terms, sum, weights } = arithmetic;
    expect(terms.map(({ score, weight }) => score * weight)).toEqual(terms.map(({ product }) => product));
    expect(sum).toBe(terms.reduce((total, { product }) => total + product, 0));
    expect([arithmetic.score, json['score']]).toEqual(Array(2).fill(Math.floor(sum / weights + 0.5)));
    const low = fields.filter(({ score, threshold }) => score < threshold).map(({ field }) => field);
    expect(toPass.map(({ field }) => field)).toEqual(low);
    // The register's own words, put where the explanation says.
    const right: Record<string, unknown> = {
      given: 'Poul',
      middle: 'Udt',
      surname: 'Junkersen',
      dateOfBirth: POUL.dateOfBirth,
    };
    const home: Record<string, string> = {
      road: 'Industrivænget',
      houseNumber: '2',
      floor: 'st',
      door: 'th',
      postcode: '9000',
      city: 'Hasseris',
    };
    for (const { field, change, score } of toPass) {
      const typed = question.address as string | Record<string, string>;
      const corrected =
        field === 'address'
          ? { ...question, address: { ...partsOf(typed), ...pick(home, change) } }
          : { ...question, ...pick(right, change) };
      const again = (await verifies(corrected)).json;
      expect([field, stateOf(again, field)]).toEqual([field, 'match']);
      expect((again['fields'] as Record<string, { score: number }>)[field]?.score).toBe(score);
    }
  });

  test('every word of both sides stands in exactly one line', async () => {
    const { json } = await verifies({ ...POUL, given: 'Povl', middle: 'U.', surname: 'Junkersen Holm' });
    const name = explanationOf(json).fields.find(({ field }) => field === 'name');
    const words = (side: 'record' | 'typed') =>
      (name?.alignment ?? []).flatMap((line) => (line[side] as string | null)?.split(' ') ?? []).toSorted();
    expect(words('record')).toEqual(['junkersen', 'poul', 'udt']);
    expect(words('typed')).toEqual(['holm', 'junkersen', 'povl', 'u']);
  });

  test.each(['0701614011', '0708614335'])('%s is protected: the same whatever is typed', async (number) => {
    const right = (
      await verifies({ ...POUL, number, given: 'Aksel', surname: 'Sander', dateOfBirth: '1961-01-07' })
    ).json;
    const wrong = (await verifies({ ...POUL, number, dateOfBirth: '1961-01-07' })).json;
    expect(Object.keys(right)).toEqual(['outcome', 'register', 'fields', 'risk', ...CPR]);
    expect([right['outcome'], stateOf(right, 'name'), stateOf(right, 'address')]).toEqual(
      Array(3).fill('protected'),
    );
    const { recordId: _, answeredAt: __, ...rest } = right;
    expect(wrong).toMatchObject({ outcome: 'protected', risk: rest['risk'], subject: rest['subject'] });
  });

  test('with protected.compare there are scores, and no explanation', async () => {
    const key = await newAccount(server.folder, 'trusted', '--capability', 'protected.compare');
    const trusted = await clientOf(server.url, key);
    const question = {
      ...POUL,
      number: '0701614011',
      given: 'Aksel',
      surname: 'Sander',
      dateOfBirth: '1961-01-07',
    };
    const { json, text } = await verifies({ ...question, surname: 'Sanders' }, trusted);
    expect(json).toMatchObject({ outcome: 'compared', explanation: null });
    expect(text.toLowerCase()).not.toContain('sander');
  });

  test.each([
    [JOHN, 'match', ['match', 'notSupplied', 'notSupplied']],
    [{ ...JOHN, given: 'Jon' }, 'partialMatch', ['partial', 'notSupplied', 'notSupplied']],
    [{ ...JOHN, given: 'Xerxes', surname: 'Quill' }, 'noMatch', ['mismatch', 'notSupplied', 'notSupplied']],
    [{ ...JOHN, dateOfBirth: '01/01/1970' }, 'match', ['match', 'notSupplied', 'match']],
    [{ ...JOHN, dateOfBirth: '1970-01-02' }, 'partialMatch', ['match', 'notSupplied', 'mismatch']],
    [{ ...JOHN, address: 'Main Street 1' }, 'match', ['match', 'noData', 'notSupplied']],
  ] as const)('%o of an SSN: %s', async (question, verdict, states) => {
    const { json } = await verifies(question);
    expect(json).toMatchObject({ outcome: 'compared', register: 'ssn', verdict });
    expect(['name', 'address', 'dateOfBirth'].map((field) => stateOf(json, field))).toEqual(states);
    expect(explanationOf(json).fields.every(({ alignment }) => alignment.length === 0)).toBe(true);
  });

  test('a dead holder: not whether the name fits', async () => {
    const question = { ...JOHN, number: '212-09-7694' };
    const right = (await verifies({ ...question, given: 'Mortimer', surname: 'Mannequin' })).json;
    const wrong = (await verifies(question)).json;
    for (const json of [right, wrong])
      expect(Object.keys(json)).toEqual(['outcome', 'register', 'risk', ...SSN]);
  });

  test('a date of birth is guessed like a name: eleven are too many', async () => {
    const question = { ...JOHN, number: '165-16-7999', given: 'Willem', surname: 'Voorbeeld' };
    const statuses: number[] = [];
    for (let day = 10; day < 21; day += 1) {
      statuses.push((await verifies({ ...question, dateOfBirth: `1959-04-${day}` })).status);
    }
    expect(statuses).toEqual([...Array<number>(10).fill(200), 429]);
  });
});

describe('reading a verification again', () => {
  test('gives the same document to the same account, and 404 to everybody else', async () => {
    const { json } = await verifies(POUL);
    const again = await client.get(`/verifications/${json.recordId}`);
    const { keptUntil, ...document } = again.json;
    expect(document).toEqual(json);
    expect(Date.parse(keptUntil as string) - Date.parse(json.answeredAt)).toBe(30 * 86_400_000);
    const theirs = await other.get(`/verifications/${json.recordId}`);
    const none = await other.get('/verifications/999999');
    expect(theirs.status).toBe(404);
    expect({ ...theirs.json, instance: '' }).toEqual({ ...none.json, instance: '' });
  });

  test('a lookup is none', async () => {
    const { json } = await lookUp('1307610015');
    expect((await client.get(`/verifications/${json.recordId}`)).status).toBe(404);
  });

  test('is over when the person is erased', async () => {
    const { json } = await verifies({ ...POUL, number: '0709614258' });
    const path = `/verifications/${json.recordId}`;
    expect((await client.get(path)).status).toBe(200);
    const flags = ['--sandbox', '--data', server.folder, '--reason', 'request', '--json'];
    await vidimus(['erase', 'subject', ...flags], { stdin: '0709614258\n' });
    expect((await client.get(path)).status).toBe(404);
  });
});

describe('what an account has done', () => {
  test('in pages, newest first, each record once, nobody else’s', async () => {
    const asker = await clientOf(server.url, await newAccount(server.folder, 'pages'));
    const asked: unknown[] = [];
    for (let i = 0; i < 5; i += 1) asked.unshift((await lookUp('1307610015', 'cpr', asker)).json.recordId);
    const seen: unknown[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Json = (await asker.get(`/records?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`))
        .json;
      seen.push(...(page['records'] as { id: string }[]).map(({ id }) => id));
      cursor = page['next'] as string | null;
    }
    expect(seen).toEqual(asked);
  });

  test('a record can be proven to whoever knows the key', async () => {
    const { recordId } = (await lookUp('1307610015')).json;
    const path = `/records/${recordId}/proof`;
    // Where many processes write, an entry gets its place in the tree within a second.
    await expect.poll(async () => (await client.get(path)).status, { timeout: 5000 }).toBe(200);
    const { json } = await client.get(path);
    const { entry, leaf, proof, vkey } = json as unknown as RecordProof;
    expect(await verifyProof({ leaf, proof }, vkey)).toMatchObject({ kind: 'proven', index: entry - 1 });
    const document = JSON.stringify({ entry, leaf, proof });
    expect(verifyAlone(Buffer.from(document), Buffer.from(vkey))).toMatchObject({ kind: 'included', entry });
    expect(await verifyProof({ leaf: leaf.replace('found', 'unknown'), proof }, vkey)).toMatchObject({
      kind: 'refused',
    });
    expect((await other.get(path)).json).toMatchObject({ code: 'record-unknown' });
  });

  test('the account knows its budget, and when each failure falls out of it', async () => {
    const asker = await clientOf(server.url, await newAccount(server.folder, 'budget'));
    await lookUp(unknownNumber(7), 'cpr', asker);
    const { json } = await asker.get('/account');
    expect(json).toMatchObject({
      name: 'budget',
      limits: { requestsPerSecond: 200, maxUnknown: 100 },
      budgets: [{ failures: 1, remaining: 4, blockedUntil: null }],
    });
    const [{ slots }] = json['budgets'] as [{ slots: { failedAt: string; freeAt: string }[] }];
    expect(slots.map(({ failedAt, freeAt }) => Date.parse(freeAt) - Date.parse(failedAt))).toEqual([
      86_400_000,
    ]);
  });

  test('the registers say what they hold', async () => {
    const { json } = await client.get('/registers');
    expect(json).toMatchObject({ registers: [{ register: 'cpr' }, { register: 'ssn', chain: [] }] });
  });
});

function partsOf(address: string | Record<string, string>): Record<string, string> {
  if (typeof address !== 'string') return address;
  const [, road = '', houseNumber = '', rest = ''] = /^(.*?) (\d+)(.*)$/.exec(address) ?? [];
  const [, unit = '', postcode = '', city = ''] = /^(.*), (\d{4}) (.*)$/.exec(rest) ?? [];
  const [, floor = '', door = ''] = /(st|\d+)\. (\w+)/.exec(unit) ?? [];
  return Object.fromEntries(
    Object.entries({ road, houseNumber, floor, door, postcode, city }).filter(([, value]) => value !== ''),
  );
}

function pick(from: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, from[name]]));
}
