import { cprApi, serviceToken, ssnDetails, startServer, type TestServer, vidimus } from '@vidimus/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ASKED = '1307610015';
let server: TestServer;
beforeAll(async () => {
  server = await startServer();
  const token = await serviceToken(server.url);
  await ssnDetails(server.url, token, ASKED);
  const audit = { externalReference: 'case-1', context: 'onboarding' };
  await cprApi(server.url, '/cpr/cpr/lookup', { audit, cpr: ASKED });
  await cprApi(server.url, '/cpr/cpr/lookup', { audit, cpr: '0709614495' });
});
afterAll(() => server.stop());

const about = (command: string, ...flags: string[]) =>
  vidimus([command, 'subject', ...flags, '--json', '--data', server.folder], { stdin: `${ASKED}\n` });

test('a report tells who asked about a number, when and what for, and is itself in the ledger', async () => {
  const report = await about('report');
  const { entry, questions } = JSON.parse(report.stdout) as { entry: number; questions: object[] };
  expect(questions).toEqual([
    {
      at: expect.any(String),
      organisation: 'sandbox',
      operation: 'lookup',
      outcome: 'found',
      reference: null,
      purpose: null,
    },
    {
      at: expect.any(String),
      organisation: 'sandbox',
      operation: 'lookup',
      outcome: 'found',
      reference: 'case-1',
      purpose: 'onboarding',
    },
  ]);
  expect(report.stdout + report.stderr).not.toContain(ASKED);
  const search = await vidimus([
    'audit',
    'search',
    '--operation',
    'report',
    '--json',
    '--data',
    server.folder,
  ]);
  expect(JSON.parse(search.stdout)).toMatchObject({
    entries: [{ id: entry, account: 'operator', outcome: 'reported' }],
  });
});

test('an erasure takes the details, leaves the ledger intact, and is itself in the ledger', async () => {
  const erasure = await about('erase', '--reason', 'request 17');
  expect(JSON.parse(erasure.stdout)).toMatchObject({ erased: [1, 2, 4] });
  expect(JSON.parse((await about('report')).stdout)).toMatchObject({ questions: [] });
  expect((await vidimus(['audit', 'verify', '--data', server.folder])).exit).toBe(0);
  const all = JSON.parse((await vidimus(['audit', 'search', '--json', '--data', server.folder])).stdout) as {
    entries: { id: number; reference: string | null }[];
  };
  expect(all.entries.find(({ id }) => id === 2)).toMatchObject({ reference: null });
  expect(all.entries.find(({ id }) => id === 3)).toMatchObject({ reference: 'case-1' });
});

test('without a reason nothing is erased', async () => {
  expect((await about('erase')).exit).toBe(2);
});
