import { serviceToken, ssnDetails, startServer, type TestServer, vidimus } from '@vidimus/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BadRequest } from './bad-input/bad-request.ts';
import type { Credentials } from './bad-input/credentials.ts';
import { Exchange } from './bad-input/exchange.ts';
import { aroundForm, aroundToken } from './bad-input/form-surfaces.ts';
import { aroundQuestion } from './bad-input/json-surfaces.ts';
import { oddAddresses } from './bad-input/odd-addresses.ts';
import { questionsOf } from './bad-input/questions.ts';
import { aroundVidimus } from './bad-input/vidimus-requests.ts';

const KNOWN = '1307610015';
const CONNECTIONS = 8;
const REQUESTS_A_ROUND = 40;

let server: TestServer;
let own: Credentials;
let exchange: Exchange;

beforeAll(async () => {
  server = await startServer();
  const add = ['account', 'add', 'bad input', '--limit', 'rate=1000000', '--json', '--data', server.folder];
  const added = JSON.parse((await vidimus(add)).stdout) as {
    oauth: { clientId: string; clientSecret: string };
    apiKey: string;
    app: { appId: string; appKey: string };
  };
  own = {
    token: await serviceToken(server.url, added.oauth),
    apiKey: added.apiKey,
    ...added.oauth,
    ...added.app,
  };
  exchange = new Exchange(server.url, CONNECTIONS);
});
afterAll(async () => {
  exchange.close();
  await server.stop();
});

async function expectContract(requests: fc.Arbitrary<BadRequest>, count: number): Promise<void> {
  const round = fc.array(requests, { minLength: REQUESTS_A_ROUND, maxLength: REQUESTS_A_ROUND });
  const property = fc.asyncProperty(round, async (batch) => {
    const faults = await exchange.faultsIn(batch);
    if (faults.length > 0) throw new Error(faults.slice(0, 3).join('\n\n'));
  });
  // The message shows the request; making it smaller would send hundreds more.
  const run = await fc.check(property, { numRuns: Math.ceil(count / REQUESTS_A_ROUND), endOnFailure: true });
  if (run.failed) throw new Error(`seed ${run.seed}, round ${run.numRuns}`, { cause: run.errorInstance });
}

describe('whatever is sent, the answer is one that the contract has', () => {
  test.each([
    ['ssn details', 3400],
    ['cpr lookup', 2800],
    ['cpr validation', 3400],
    ['ssn verification', 3400],
    ['our own lookup', 2800],
    ['our own verification', 3400],
  ])('%s', async (name, count) => {
    const question = questionsOf(own)[name];
    if (question === undefined) throw new Error(`No question ${name}.`);
    await expectContract(aroundQuestion(question), count);
  });

  test('forms', () => expectContract(aroundForm(own), 2400));
  test('the token endpoint', () => expectContract(aroundToken(own), 2400));
  test('addresses, filters and methods', () => expectContract(oddAddresses(own), 3400));
  test('keys, ids, filters and methods of our own API', () => expectContract(aroundVidimus(own), 2400));
});

test('an expectation that is wrong for one request is noticed', async () => {
  const everything = fc.oneof(...Object.values(questionsOf(own)).map(aroundQuestion), oddAddresses(own));
  let left = 500;
  const planted = everything.map((request): BadRequest => {
    left -= 1;
    return left === 0 ? { ...request, expected: { statuses: [418] } } : request;
  });
  await expect(expectContract(planted, 1000)).rejects.toMatchObject({
    cause: { message: expect.stringMatching(/^status \d{3}, not 418/) },
  });
});

test('over 20,000 requests have left no other trace than an entry for each good one', async () => {
  // Every kind of answer has come up: a generator that makes only one would prove nothing.
  for (const status of [200, 400, 401, 404, 405, 413, 415, 422]) {
    expect(exchange.statuses.get(status), `answers with ${status}`).toBeGreaterThan(100);
  }
  expect(exchange.asked).toBeGreaterThanOrEqual(20_000);
  for (const outcome of ['unknown', 'blocked', 'unavailable', 'too-many-names']) {
    const found = await vidimus(['audit', 'search', '--outcome', outcome, '--json', '--data', server.folder]);
    expect({ outcome, ...JSON.parse(found.stdout) }).toEqual({ outcome, entries: [] });
  }
  const records = await fetch(`${server.url}/api/audit/records?pageSize=1`, {
    headers: { 'x-api-key': own.apiKey },
  });
  const { totalCount } = (await records.json()) as { totalCount: number };
  expect(totalCount).toBeGreaterThanOrEqual(exchange.recorded);
  expect(totalCount).toBeLessThanOrEqual(exchange.recorded + exchange.late);
  expect(exchange.late).toBeLessThan(exchange.recorded / 10);
  expect((await ssnDetails(server.url, own.token, KNOWN)).status).toBe(200);
  expect(server.output()).not.toMatch(/"level":[4-6]0|Error|Warning/);
});
