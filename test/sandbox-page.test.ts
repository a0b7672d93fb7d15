import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  cprApi,
  REPOSITORY,
  SANDBOX,
  serviceToken,
  ssnDetails,
  ssnVerification,
  startServer,
  type TestServer,
} from '@vidimus/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PERSON_STATUS } from '../packages/server/src/person/status.ts';
import { SANDBOX_HOLDERS } from '../packages/server/src/sandbox/holders.ts';
import { SANDBOX_PERSONS } from '../packages/server/src/sandbox/persons.ts';
import { SSN_MATCHES } from '../packages/server/src/surfaces/ssn-verification/schema.ts';
import {
  AUDIT,
  CUSTOMER,
  code,
  codes,
  DOE,
  expectAnswer,
  LOOKUP,
  PAGE,
  PURPOSE,
  TABLES,
  VALIDATE,
} from './sandbox-tables.ts';

/** docs/sandbox.md says what every number gives; each of its rows is sent here. */
const CPR_CONTRACT = readFileSync(join(REPOSITORY, 'packages/server/src/surfaces/cpr/README.md'), 'utf8');
const { credentials, details, persons, cprRefusals, validations, holders, ssnRefusals, questions } = TABLES;

let server: TestServer;
let token: string;
beforeAll(async () => {
  server = await startServer();
  token = await serviceToken(server.url);
});
afterAll(() => server.stop());

/** `Name: value` as a header. */
function header(line: string | undefined): Record<string, string> {
  const [name, value] = (line ?? '').split(': ');
  return name === undefined || value === undefined ? {} : { [name.toLowerCase()]: value };
}

test('every line of the page that looks like a row belongs to a table that is tried', () => {
  const { simulations, ...others } = TABLES;
  const tried = [...Object.values(others), ...simulations];
  expect(tried.map(({ length }) => length)).not.toContain(0);
  const lines = PAGE.split('\n').filter((line) => line.startsWith('|'));
  expect(tried.flat()).toHaveLength(lines.length - 2 * tried.length);
});

test('the credentials', () => {
  expect(Object.fromEntries(credentials.map(([name, value]) => [name, code(value)]))).toEqual({
    'client id': SANDBOX.clientId,
    'client secret': SANDBOX.clientSecret,
    '`X-Api-Key`': SANDBOX.apiKey,
    '`appId`': SANDBOX.appId,
    '`appKey`': SANDBOX.appKey,
  });
});

describe('SSN Details', () => {
  test('every person of the sandbox is in the table', () => {
    const listed = details.map(([cpr]) => code(cpr));
    expect(SANDBOX_PERSONS.filter(({ cpr }) => !listed.includes(cpr))).toEqual([]);
  });

  test.each(details)('%s', async (cpr, status, body) => {
    const answer = await ssnDetails(server.url, token, code(cpr));
    expect({ status: answer.status, body: await answer.text() }).toEqual({
      status: Number(status),
      body: code(body),
    });
  });
});

describe('CPR lookup', () => {
  test('every person of the sandbox and every status is in the table', () => {
    expect(persons.map(([cpr]) => code(cpr))).toEqual(SANDBOX_PERSONS.map(({ cpr }) => cpr));
    const statuses = persons.map((row) => code(row[3]));
    expect(Object.values(PERSON_STATUS).filter((status) => !statuses.includes(status))).toEqual([]);
  });

  const inShort = (members: Record<string, string | null>) =>
    Object.values(members)
      .map((value) => value ?? '–')
      .join(' · ');

  test.each(persons)('%s', async (cpr, name, address, status, isProtected) => {
    const answer = await cprApi(server.url, LOOKUP, { audit: AUDIT, cpr: code(cpr) });
    const { person } = (await answer.json()) as {
      person: {
        name: Record<string, string | null>;
        address: Record<string, string | null>;
        personStatus: string;
        isNameAddressProtected: boolean;
      };
    };
    expect([
      inShort(person.name),
      inShort(person.address),
      person.personStatus,
      String(person.isNameAddressProtected),
    ]).toEqual([code(name), code(address), code(status), code(isProtected)]);
  });

  test.each(cprRefusals)('refused: %s', async (body, status = '', answer) => {
    const [sent = '', path = `/api${LOOKUP}`] = codes(body);
    await expectAnswer(await cprApi(server.url, path.slice('/api'.length), sent), status, code(answer));
  });
});

describe('CPR validation', () => {
  test('every verdict and every reason of the contract is in the table, but for minors', () => {
    const documented = (table: string) =>
      Array.from(
        CPR_CONTRACT.split(table)[1]
          ?.split('\n\n')[0]
          ?.matchAll(/^\| `(\w+)` \|/gm) ?? [],
        (row) => row[1],
      );
    const verdicts = documented('| verdict | when |');
    const reasons = documented('| reason | when |');
    expect(verdicts).toHaveLength(5);
    expect(new Set(validations.map((row) => code(row[1])))).toEqual(new Set(verdicts));
    expect(new Set(validations.flatMap((row) => codes(row[4])))).toEqual(new Set(reasons));
  });

  const lowest = (range: string) => Number(range.split('–')[0]);
  const highest = (range: string) => Number(range.split('–').at(-1));

  test.each(validations)('%s', async (typed, verdict, scores = '', level, reasons) => {
    const [change = '{}', simulate] = codes(typed);
    const body = { ...CUSTOMER, ...(JSON.parse(change) as object) };
    const answer = await cprApi(server.url, VALIDATE, body, header(simulate));
    const compared = (await answer.json()) as Record<
      'name' | 'address' | 'dateOfBirth',
      { score: number }
    > & {
      verdict: string;
      risk: { level: string; reasons: string[] };
    };
    const { risk } = compared;
    expect({ verdict: compared.verdict, ...risk }).toEqual({
      verdict: code(verdict),
      level: code(level),
      reasons: codes(reasons),
    });
    const ranges = scores.split(', ');
    for (const [place, field] of (['name', 'address', 'dateOfBirth'] as const).entries()) {
      expect(compared[field].score, field).toBeGreaterThanOrEqual(lowest(ranges[place] ?? ''));
      expect(compared[field].score, field).toBeLessThanOrEqual(highest(ranges[place] ?? ''));
    }
  });
});

describe('SSN verification', () => {
  test('every holder of the sandbox and every answer is in the table', () => {
    const listed = holders.map((row) =>
      row
        .slice(0, 4)
        .map((cell) => code(cell))
        .join(),
    );
    const missing = SANDBOX_HOLDERS.filter(
      ({ ssn, firstName, lastName, outcome }) => !listed.includes([ssn, firstName, lastName, outcome].join()),
    );
    expect(missing).toEqual([]);
    expect(new Set(holders.map((row) => code(row[3])))).toEqual(new Set(SSN_MATCHES));
  });

  test.each(holders)('%s, %s, %s: %s', async (ssn, firstName, lastName, match) => {
    const body = { ssn: code(ssn), firstName: code(firstName), lastName: code(lastName) };
    const [shown = ''] = codes(PAGE.split('The answer is\n')[1]);
    await expectAnswer(await ssnVerification(server.url, body), '200', shown.replace('…', code(match)));
  });

  test.each(ssnRefusals)('refused: %s', async (body, status = '', answer) => {
    const [change = '{}', credential] = codes(body);
    const sent = { ...DOE, ...(JSON.parse(change) as object) };
    await expectAnswer(await ssnVerification(server.url, sent, header(credential)), status, code(answer));
  });
});

describe('our own API', () => {
  test('every outcome of a lookup is in the table', () => {
    const contract = readFileSync(join(REPOSITORY, 'packages/server/src/surfaces/vidimus/README.md'), 'utf8');
    const [, table = ''] = /\| `outcome` of a lookup [\s\S]*?\n\|---.*\n([\s\S]*?)\n\n/.exec(contract) ?? [];
    const outcomes = table.split('\n').flatMap((row) => codes(row.split(' | ')[0]));
    const shown = questions.filter(([path]) => code(path) === '/lookups').map((row) => code(row[2]));
    expect(new Set(shown)).toEqual(new Set(outcomes));
  });

  test.each(questions)('%s %s: %s', async (path, body, shown) => {
    const answer = await fetch(`${server.url}/vidimus/v1${code(path)}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${SANDBOX.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...(JSON.parse(code(body)) as object), ...PURPOSE }),
    });
    const { outcome, verdict } = (await answer.json()) as { outcome: string; verdict?: string };
    expect([outcome, ...(verdict === undefined ? [] : [verdict])]).toEqual(codes(shown));
  });
});
