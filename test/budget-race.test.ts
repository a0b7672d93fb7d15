import {
  HAS_POSTGRES,
  serviceToken,
  ssnDetails,
  startServer,
  type TestServer,
  unknownNumber,
  vidimus,
} from '@vidimus/testkit';
import { afterEach, expect, test } from 'vitest';
import { postgresStore } from './proofs/proof-store.ts';
import { raceRounds } from './proofs/race/race-rounds.ts';

let server: TestServer;
afterEach(() => server.stop());

async function outcomes(
  url: string,
  token: string,
  numbers: readonly string[],
): Promise<Record<string, number>> {
  const answers = await Promise.all(numbers.map((cpr) => ssnDetails(url, token, cpr)));
  const counts: Record<string, number> = {};
  for (const answer of answers) {
    await answer.text();
    counts[answer.status] = (counts[answer.status] ?? 0) + 1;
  }
  return counts;
}

const UNKNOWN_64 = Array.from({ length: 64 }, (_, index) => unknownNumber(index));

test('64 parallel unknown numbers give exactly five "unknown" answers', async () => {
  server = await startServer();
  const token = await serviceToken(server.url);
  expect(await outcomes(server.url, token, UNKNOWN_64)).toEqual({ 400: 5, 429: 59 });
});

test('three processes on one data folder: five unknown answers, and nothing after the block', {
  timeout: 120_000,
}, async () => {
  const { figures, violations } = await raceRounds(20, Date.now() % 1_000_000);
  expect({ violations, figures }).toMatchObject({
    violations: [],
    figures: { unknownAnswersPerRound: { 5: 20 } },
  });
});

test.skipIf(!HAS_POSTGRES)('three processes on one PostgreSQL: the same', { timeout: 120_000 }, async () => {
  const store = await postgresStore();
  const { figures, violations } = await raceRounds(5, Date.now() % 1_000_000, store);
  await store.stop();
  expect({ violations, figures }).toMatchObject({
    violations: [],
    figures: { rounds: 5 },
  });
});

test('all credentials of an account share its budget, another account is not touched, hits do not count', async () => {
  server = await startServer();
  const add = (name: string) => vidimus(['account', 'add', name, '--json', '--data', server.folder]);
  type Added = { oauth: { clientId: string; clientSecret: string } };
  const old = (JSON.parse((await add('one')).stdout) as Added).oauth;
  const other = (JSON.parse((await add('other')).stdout) as Added).oauth;
  const rotated = await vidimus(['account', 'rotate', 'one', 'oauth', '--json', '--data', server.folder]);
  const fresh = (JSON.parse(rotated.stdout) as Added).oauth;
  expect(fresh.clientSecret).not.toBe(old.clientSecret);

  const [oldToken, freshToken, otherToken] = await Promise.all([
    serviceToken(server.url, old),
    serviceToken(server.url, fresh),
    serviceToken(server.url, other),
  ]);
  expect(await outcomes(server.url, oldToken, UNKNOWN_64.slice(0, 3))).toEqual({ 400: 3 });
  expect(await outcomes(server.url, freshToken, Array(20).fill('1307610015'))).toEqual({ 200: 20 });
  expect(await outcomes(server.url, freshToken, UNKNOWN_64.slice(3, 10))).toEqual({ 400: 2, 429: 5 });
  expect(await outcomes(server.url, oldToken, ['1307610015'])).toEqual({ 429: 1 });
  expect(await outcomes(server.url, otherToken, ['1307610015', unknownNumber(99)])).toEqual({
    200: 1,
    400: 1,
  });

  const shell = await vidimus(['lookup', 'cpr', '--account', 'one', '--data', server.folder], {
    stdin: '130761-0015\n',
  });
  expect(shell.exit).toBe(4);
});
