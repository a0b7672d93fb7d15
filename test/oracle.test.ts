import {
  cprApi,
  serviceToken,
  ssnDetails,
  startServer,
  type TestServer,
  unknownNumber,
} from '@vidimus/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, clientOf, newAccount, PURPOSE } from './vidimus/client.ts';

/**
 * What each question about each kind of person shows, as a table. Rows are persons, columns are questions; a
 * cell says status, then which of status, name, address, verdict and reasons come with it. The block changes
 * every cell to the same one.
 */
const PERSONS = {
  known: { cpr: '1307610015', first: 'Poul Udt', last: 'Junkersen', born: '1961-07-13' },
  protected: { cpr: '0701614011', first: 'Aksel', last: 'Sander', born: '1961-01-07' },
  'protected and emigrated': { cpr: '0708614335', first: 'Harald', last: 'Mikkelsen', born: '1961-08-07' },
  emigrated: { cpr: '0709614258', first: 'Helle', last: 'Gunvorsen', born: '1961-09-07' },
  deceased: { cpr: '0901414084', first: 'Lise', last: 'Roland', born: '1941-01-09' },
  cancelled: { cpr: '0701614054', first: 'Pernille', last: 'Hagensen Nvnkor', born: '1961-01-07' },
  changed: { cpr: '0706614818', first: 'Lise', last: 'Kofoed-Svendsen', born: '1961-06-07' },
  unknown: { cpr: '0101019999', first: 'Nobody', last: 'Nowhere', born: '2001-01-01' },
} as const;
type Kind = keyof typeof PERSONS;

interface Row {
  readonly details: string;
  readonly lookup: string;
  /** With the right name, address where there is one, and date of birth. */
  readonly right: string;
  readonly wrong: string;
  /** The same three questions over our own API: outcome, members, and states of the fields. */
  readonly ours: string;
  readonly oursRight: string;
  readonly oursWrong: string;
}

const TABLE: Readonly<Record<Kind, Row>> = {
  known: {
    details: '200 status name address',
    lookup: '200 status name address',
    right: '200 Match 100/100/100 Low [] evidence',
    wrong: '200 NoMatch 0/0/0 High [NameMismatch, AddressMismatch, DateOfBirthMismatch] evidence',
    ours: '200 found status name address',
    oursRight: '200 compared match/match/match explanation',
    oursWrong: '200 compared mismatch/mismatch/mismatch explanation',
  },
  protected: {
    details: '200 status',
    lookup: '200 status',
    right: '200 PartialMatch 0/0/100 Medium [NameAddressProtected]',
    wrong: '200 PartialMatch 0/0/0 Medium [NameAddressProtected, DateOfBirthMismatch]',
    ours: '200 protected status',
    oursRight: '200 protected protected/protected/match',
    oursWrong: '200 protected protected/protected/mismatch',
  },
  'protected and emigrated': {
    details: '200 status',
    lookup: '200 status',
    right: '200 PartialMatch 0/0/100 Medium [Emigrated, NameAddressProtected]',
    wrong: '200 PartialMatch 0/0/0 Medium [Emigrated, NameAddressProtected, DateOfBirthMismatch]',
    ours: '200 protected status',
    oursRight: '200 protected protected/protected/match',
    oursWrong: '200 protected protected/protected/mismatch',
  },
  emigrated: {
    details: '200 status name',
    lookup: '200 status name',
    right: '200 PartialMatch 100/0/100 Medium [Emigrated] evidence',
    wrong: '200 NoMatch 0/0/0 High [Emigrated, NameMismatch, DateOfBirthMismatch] evidence',
    ours: '200 emigrated status name',
    oursRight: '200 compared match/noData/match explanation',
    oursWrong: '200 compared mismatch/noData/mismatch explanation',
  },
  deceased: {
    details: '200 status name',
    lookup: '200 status name',
    right: '200 PartialMatch 100/0/100 High [Deceased] evidence',
    wrong: '200 NoMatch 0/0/0 High [Deceased, NameMismatch, DateOfBirthMismatch] evidence',
    ours: '200 deceased status name',
    oursRight: '200 compared match/noData/match explanation',
    oursWrong: '200 compared mismatch/noData/mismatch explanation',
  },
  cancelled: {
    details: '200 status name',
    lookup: '200 status name',
    right: '200 PartialMatch 100/0/100 High [NumberCancelled] evidence',
    wrong: '200 NoMatch 0/0/0 High [NumberCancelled, NameMismatch, DateOfBirthMismatch] evidence',
    ours: '200 retired status name',
    oursRight: '200 compared match/noData/match explanation',
    oursWrong: '200 compared mismatch/noData/mismatch explanation',
  },
  changed: {
    details: '200 status name',
    lookup: '200 status name',
    right: '200 PartialMatch 100/0/100 Medium [NumberChanged] evidence',
    wrong: '200 NoMatch 0/0/0 High [NumberChanged, NameMismatch, DateOfBirthMismatch] evidence',
    ours: '200 retired status name',
    oursRight: '200 compared match/noData/match explanation',
    oursWrong: '200 compared mismatch/noData/mismatch explanation',
  },
  unknown: {
    details: '400',
    lookup: '404',
    right: '200 NotFound 0/0/0 High [NotFound]',
    wrong: '200 NotFound 0/0/0 High [NotFound]',
    ours: '200 unknown',
    oursRight: '200 unknown',
    oursWrong: '200 unknown',
  },
};
const BLOCKED: Row = {
  details: '429',
  lookup: '400',
  right: '400',
  wrong: '400',
  ours: '429',
  oursRight: '429',
  oursWrong: '429',
};

const AUDIT = { externalReference: 'oracle' };
const ADDRESS = {
  street: 'Industrivænget',
  houseNumber: '2',
  floor: 'st',
  door: 'th',
  postalCode: '9000',
  city: 'Hasseris',
};
const ELSEWHERE = { street: 'Nørregade', houseNumber: '117', postalCode: '6700', city: 'Esbjerg' };

async function details(server: TestServer, token: string, kind: Kind): Promise<string> {
  const answer = await ssnDetails(server.url, token, PERSONS[kind].cpr);
  const body = (await answer.json()) as Record<string, string>;
  if (answer.status !== 200) return String(answer.status);
  const has = (member: string) => `ssn.details.${member}` in body;
  return [
    '200',
    has('person_status') && 'status',
    has('given_name') && 'name',
    has('street_name') && 'address',
  ]
    .filter(Boolean)
    .join(' ');
}

async function lookup(server: TestServer, kind: Kind): Promise<string> {
  const answer = await cprApi(server.url, '/cpr/cpr/lookup', { audit: AUDIT, cpr: PERSONS[kind].cpr });
  if (answer.status !== 200) return String(answer.status);
  const { person } = (await answer.json()) as {
    person: {
      personStatus: string;
      name: Record<string, string | null>;
      address: Record<string, string | null>;
    };
  };
  const some = (members: Record<string, string | null>) =>
    Object.values(members).some((value) => value !== null);
  return [
    '200',
    person.personStatus && 'status',
    some(person.name) && 'name',
    some(person.address) && 'address',
  ]
    .filter(Boolean)
    .join(' ');
}

async function validate(server: TestServer, kind: Kind, typed: object): Promise<string> {
  const answer = await cprApi(server.url, '/cpr/cpr/validate', {
    audit: AUDIT,
    cpr: PERSONS[kind].cpr,
    ...typed,
  });
  if (answer.status !== 200) return String(answer.status);
  const { verdict, name, address, dateOfBirth, risk, evidence } = (await answer.json()) as {
    verdict: string;
    name: { score: number };
    address: { score: number };
    dateOfBirth: { score: number };
    risk: { level: string; reasons: string[] };
    evidence: Record<string, string | null>;
  };
  const scores = [name, address, dateOfBirth].map(({ score }) => score).join('/');
  const shown = Object.values(evidence).some((value) => value !== null) ? ' evidence' : '';
  return `200 ${verdict} ${scores} ${risk.level} [${risk.reasons.join(', ')}]${shown}`;
}

async function ours(client: Client, kind: Kind): Promise<string> {
  const { status, json } = await client.post('/lookups', {
    register: 'cpr',
    number: PERSONS[kind].cpr,
    ...PURPOSE,
  });
  const shown = ['status', 'name', 'address'].filter((member) => member in json);
  return status === 200 ? ['200', json['outcome'], ...shown].join(' ') : String(status);
}

async function oursCompared(client: Client, kind: Kind, typed: object): Promise<string> {
  const question = { register: 'cpr', number: PERSONS[kind].cpr, ...typed, ...PURPOSE };
  const { status, json } = await client.post('/verifications', question);
  const fields = json['fields'] as Record<string, { state: string }> | undefined;
  const states =
    fields === undefined
      ? []
      : [
          Object.values(fields)
            .map(({ state }) => state)
            .join('/'),
        ];
  const why = json['explanation'] === undefined || json['explanation'] === null ? [] : ['explanation'];
  return status === 200 ? ['200', json['outcome'], ...states, ...why].join(' ') : String(status);
}

async function rowOf(server: TestServer, token: string, client: Client, kind: Kind): Promise<Row> {
  const { first, last, born } = PERSONS[kind];
  return {
    details: await details(server, token, kind),
    lookup: await lookup(server, kind),
    right: await validate(server, kind, { firstNames: first, lastName: last, dateOfBirth: born, ...ADDRESS }),
    wrong: await validate(server, kind, {
      firstNames: 'Xenophon',
      lastName: 'Quistgaard',
      dateOfBirth: '1975-12-24',
      ...ELSEWHERE,
    }),
    ours: await ours(client, kind),
    oursRight: await oursCompared(client, kind, {
      given: first,
      surname: last,
      dateOfBirth: born,
      address: 'Industrivænget 2, st. th, 9000 Hasseris',
    }),
    oursWrong: await oursCompared(client, kind, {
      given: 'Xenophon',
      surname: 'Quistgaard',
      dateOfBirth: '1975-12-24',
      address: 'Nørregade 117, 6700 Esbjerg',
    }),
  };
}

describe.each(['without', 'with'])('%s a block', (block) => {
  let server: TestServer;
  let token: string;
  let client: Client;
  beforeAll(async () => {
    server = await startServer();
    // The unknown number costs a slot with every question: without a block ours are asked by another account.
    client = await (block === 'with'
      ? clientOf(server.url)
      : clientOf(server.url, await newAccount(server.folder, 'oracle')));
    token = await serviceToken(server.url);
    for (let i = 0; block === 'with' && i < 6; i += 1) await ssnDetails(server.url, token, unknownNumber(i));
  });
  afterAll(() => server.stop());

  test.each(Object.keys(PERSONS) as Kind[])('%s', async (kind) => {
    expect(await rowOf(server, token, client, kind)).toEqual(block === 'with' ? BLOCKED : TABLE[kind]);
  });
});
