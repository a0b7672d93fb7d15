import { readFileSync, renameSync } from 'node:fs';
import {
  cprApi,
  SANDBOX,
  startServer,
  type TestServer,
  temporaryFolder,
  unknownNumber,
  vidimus,
} from '@vidimus/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { batchesOf } from './vidimus/batches.ts';

const LOOKUP = '/cpr/cpr/lookup';
let server: TestServer;

beforeAll(async () => {
  server = await startServer({ flags: ['--workers', '3'] });
}, 40_000);
afterAll(() => server.stop());

/** The processes that the first one has started. */
function workersOf(): number[] {
  const { pid } = server.process;
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter(Boolean)
    .map(Number);
}

/** A scrape fails where a worker does not answer in time; whoever scrapes comes again. */
async function scrape(): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await fetch(`${server.url}/metrics`);
    if (answer.ok || attempt === 3) return answer.text();
  }
}

function sumOf(metrics: string, name: string, label: string): number {
  return metrics
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) && line.includes(label))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

describe('several processes serve as one', () => {
  test('they say once where they serve', async () => {
    await expect.poll(workersOf, { timeout: 20_000 }).toHaveLength(3);
    expect(server.output().match(/Vidimus.* on http/g)).toHaveLength(1);
  });

  test('of many unknown numbers at once five are answered, whoever is asked, and the ledger has all of them', async () => {
    const asked = Array.from({ length: 60 }, (_, index) =>
      cprApi(
        server.url,
        LOOKUP,
        { audit: { externalReference: `w-${index}` }, cpr: unknownNumber(index) },
        // A connection each, so that all workers get some.
        { connection: 'close' },
      ).then(({ status }) => status),
    );
    const statuses = await Promise.all(asked);
    expect(statuses.filter((status) => status === 404)).toHaveLength(5);
    expect(statuses.filter((status) => status === 400)).toHaveLength(55);
    const verified = await vidimus(['audit', 'verify', '--data', server.folder, '--json']);
    expect(JSON.parse(verified.stdout)).toMatchObject({ entries: 60 });
  });

  test('a scrape counts what all of them did', async () => {
    const metrics = await scrape();
    expect(sumOf(metrics, 'vidimus_lookups_total', 'surface="cpr"')).toBe(60);
    expect(sumOf(metrics, 'vidimus_register_records', 'register="cpr"')).toBeGreaterThan(0);
    expect(sumOf(metrics, 'vidimus_register_records', '')).toBe(
      sumOf(await scrape(), 'vidimus_register_records', ''),
    );
  });

  test('one of them works on an uploaded batch, and any of them tells how far it is', async () => {
    const batches = batchesOf(server.url);
    const rows = `ssn,firstName,lastName\n${'123-45-6789,John,Doe\n'.repeat(1200)}`;
    const taken = await batches.upload(
      rows,
      { register: 'ssn', reference: 'list-9' },
      { connection: 'close' },
    );
    expect(await batches.ended(taken.json.id)).toMatchObject({ state: 'finished', done: 1200 });
    // Each row by one of them, and by no other.
    expect(sumOf(await scrape(), 'vidimus_batch_rows_total', '')).toBe(1200);
  });

  test('a worker that is killed is replaced, and the others answer meanwhile', async () => {
    const [victim = 0, ...others] = workersOf();
    process.kill(victim, 'SIGKILL');
    await expect.poll(workersOf, { timeout: 20_000 }).not.toContain(victim);
    expect((await fetch(`${server.url}/livez`)).status).toBe(200);
    await expect.poll(workersOf, { timeout: 20_000 }).toHaveLength(3);
    expect(workersOf()).toEqual(expect.arrayContaining(others));
  });
});

test('SIGTERM: every worker answers what it has accepted, and then all are gone', async () => {
  const folder = temporaryFolder();
  const other = await startServer({ folder, flags: ['--workers', '2'] });
  const slow = Array.from({ length: 6 }, () =>
    fetch(`${other.url}/api/brokers`, {
      headers: { 'x-api-key': SANDBOX.apiKey, 'x-simulate': 'slow=1500', connection: 'close' },
    }).then(({ status }) => status),
  );
  await new Promise((later) => setTimeout(later, 500));
  expect(await other.stop()).toBe(0);
  expect(await Promise.all(slow)).toEqual([200, 200, 200, 200, 200, 200]);
}, 90_000);

test('without its key a server of several processes is sealed, and opens by itself', async () => {
  const folder = temporaryFolder();
  await (await startServer({ folder })).stop();
  renameSync(`${folder}/vidimus.key`, `${folder}/away`);
  const sealed = await startServer({ folder, flags: ['--workers', '2'] });
  try {
    expect((await fetch(`${sealed.url}/readyz`)).status).toBe(503);
    renameSync(`${folder}/away`, `${folder}/vidimus.key`);
    const answers = () =>
      Promise.all(
        Array.from({ length: 6 }, async () => {
          const headers = { 'x-api-key': SANDBOX.apiKey, connection: 'close' };
          // Who asks in the moment of opening may be left without an answer.
          const signal = AbortSignal.timeout(2000);
          return (await fetch(`${sealed.url}/api/brokers`, { headers, signal }).catch(() => null))?.status;
        }),
      );
    await expect.poll(answers, { timeout: 45_000 }).toEqual([200, 200, 200, 200, 200, 200]);
  } finally {
    expect(await sealed.stop()).toBe(0);
  }
}, 90_000);
