import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cprApi, REPOSITORY, SANDBOX, startServer, type TestServer } from '@vidimus/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/**
 * The tables of Fortuna Compliance's document, which shows no bodies: fields in their order, each with the type
 * that the document gives it.
 */
const AUDIT = { 'audit.externalReference': 'string', 'audit.context': 'string', cpr: 'string' };
const ENDPOINTS = {
  lookup: {
    request: AUDIT,
    response: {
      'person.cprNumber': 'string',
      'person.name.givenName': 'string',
      'person.name.middleName': 'string',
      'person.name.surname': 'string',
      'person.address.streetName': 'string',
      'person.address.streetNumber': 'string',
      'person.address.floor': 'string',
      'person.address.unit': 'string',
      'person.address.careOfName': 'string',
      'person.address.zipCode': 'string',
      'person.address.zipName': 'string',
      'person.address.cityName': 'string',
      'person.personStatus': 'string',
      'person.isNameAddressProtected': 'boolean',
      'person.retrievedAtUtc': 'string',
    },
  },
  validate: {
    request: {
      ...AUDIT,
      firstNames: 'string',
      lastName: 'string',
      street: 'string',
      houseNumber: 'string',
      floor: 'string',
      door: 'string',
      postalCode: 'string',
      city: 'string',
      dateOfBirth: 'string',
    },
    response: {
      verdict: 'string',
      overallScore: 'integer',
      'name.score': 'integer',
      'name.match': 'boolean',
      'name.comment': 'string',
      'address.score': 'integer',
      'address.match': 'boolean',
      'address.comment': 'string',
      'dateOfBirth.score': 'integer',
      'dateOfBirth.match': 'boolean',
      'dateOfBirth.comment': 'string',
      'risk.level': 'string',
      'risk.reasons': 'string[]',
      'evidence.normalizedCprName': 'string',
      'evidence.normalizedCustomerName': 'string',
      'evidence.normalizedCprAddress': 'string',
      'evidence.normalizedCustomerAddress': 'string',
      'evidence.cprDateOfBirth': 'string',
    },
  },
} as const;
type Endpoint = keyof typeof ENDPOINTS;

const EXAMPLES = join(REPOSITORY, 'packages/server/src/surfaces/cpr/examples');
const exampleOf = (endpoint: Endpoint) =>
  JSON.parse(readFileSync(join(EXAMPLES, `${endpoint}.json`), 'utf8')) as Record<string, unknown>;

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

/** The members of a body as the document names them, with their types, in their order. */
function fieldsOf(body: object, before = ''): [string, string][] {
  return Object.entries(body).flatMap(([name, value]) => {
    const path = `${before}${name}`;
    const isNested = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isNested ? fieldsOf(value as object, `${path}.`) : [[path, typeOf(value)]];
  });
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'string[]';
  if (Number.isInteger(value)) return 'integer';
  return value === null ? 'null' : typeof value;
}

/** The document's own way: the broker's id comes from the list of brokers. */
async function ask(endpoint: Endpoint, change: object = {}): Promise<object> {
  const headers = { 'x-api-key': SANDBOX.apiKey };
  const brokers = await (await fetch(`${server.url}/api/brokers`, { headers })).json();
  const [{ id = '' } = {}] = brokers as { readonly id?: string }[];
  const answer = await cprApi(server.url, `/cpr/${id}/${endpoint}`, { ...exampleOf(endpoint), ...change });
  expect(answer.status).toBe(200);
  return (await answer.json()) as object;
}

describe.each(Object.keys(ENDPOINTS) as Endpoint[])('%s', (endpoint) => {
  const { request, response } = ENDPOINTS[endpoint];

  test('the example holds the documented fields and no others', () => {
    expect(fieldsOf(exampleOf(endpoint))).toEqual(Object.entries(request));
  });

  test.each([
    ['a person with everything', {}],
    ['a protected person', { cpr: '0701614011' }],
    ['somebody of whom the register has no address', { cpr: '0901414084', floor: null, door: null }],
  ])('of %s: the documented members, in the documented order', async (_, change) => {
    const fields = fieldsOf(await ask(endpoint, change));
    expect(fields.map(([name]) => name)).toEqual(Object.keys(response));
    const documented = response as Readonly<Record<string, string>>;
    expect(fields.filter(([name, type]) => ![documented[name], 'null'].includes(type))).toEqual([]);
  });
});
