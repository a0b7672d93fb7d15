import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  serviceToken,
  ssnDetails,
  startServer,
  type TestServer,
  temporaryFolder,
  vidimus,
} from '@vidimus/testkit';
import { expect, test } from 'vitest';

const EVERY_SECOND = { flags: ['--checkpoint-every', '1s'] };

interface Signed {
  readonly size: number;
  readonly note: string;
  readonly at: number;
}

function inLedger<T>(folder: string, work: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(join(folder, 'ledger.db'), { timeout: 1000 });
  try {
    return work(db);
  } finally {
    db.close();
  }
}

const checkpointsIn = (folder: string) =>
  inLedger(folder, (db) => db.prepare('select * from checkpoint order by size').all() as unknown as Signed[]);

async function ask({ url }: TestServer, times: number): Promise<void> {
  const token = await serviceToken(url);
  for (let i = 0; i < times; i += 1) await ssnDetails(url, token, '1307610015');
}

const metricsOf = async ({ url }: TestServer) => (await fetch(`${url}/metrics`)).text();

async function isIntactAfter(folder: string, note: string): Promise<boolean> {
  const file = join(temporaryFolder(), 'checkpoint');
  writeFileSync(file, note);
  return (await vidimus(['audit', 'verify', '--checkpoint', file, '--data', folder])).exit === 0;
}

test('what is added is signed while serving, and what is left when the server stops', {
  timeout: 120_000,
}, async () => {
  const server = await startServer(EVERY_SECOND);
  const { folder } = server;
  const sizes = () => checkpointsIn(folder).map(({ size }) => size);
  await ask(server, 2);
  await expect.poll(sizes, { timeout: 20_000 }).toContain(2);
  expect(await metricsOf(server)).toMatch(/^vidimus_ledger_unsigned_entries 0$/m);
  expect(await metricsOf(server)).toMatch(/^vidimus_ledger_checkpoint_age_seconds \d/m);
  await ask(server, 3);
  await expect.poll(sizes, { timeout: 20_000 }).toContain(5);
  expect(await server.stop()).toBe(0);

  const slow = await startServer({ folder });
  await ask(slow, 1);
  expect(await metricsOf(slow)).toMatch(/^vidimus_ledger_unsigned_entries 1$/m);
  expect(await slow.stop()).toBe(0);
  expect(sizes().at(-1)).toBe(6);
  for (const { note } of checkpointsIn(folder)) expect(await isIntactAfter(folder, note)).toBe(true);
});

test('three servers on one folder sign one row of checkpoints together', { timeout: 120_000 }, async () => {
  const first = await startServer(EVERY_SECOND);
  const { folder } = first;
  const more = await Promise.all([1, 2].map(() => startServer({ folder, ...EVERY_SECOND })));
  const servers = [first, ...more];
  for (let round = 0; round < 8; round += 1) {
    await Promise.all(servers.map((server) => ask(server, 2)));
    await new Promise((later) => setTimeout(later, 500));
  }
  const times = checkpointsIn(folder).map(({ at }) => at);
  expect(times.length).toBeGreaterThanOrEqual(3);
  const closest = Math.min(...times.slice(1).map((at, i) => at - (times[i] ?? 0)));
  expect(closest).toBeGreaterThan(999);
  expect(await Promise.all(servers.map((server) => server.stop()))).toEqual([0, 0, 0]);
  const newest = checkpointsIn(folder).at(-1);
  expect(newest?.size).toBe(48);
  expect(await isIntactAfter(folder, newest?.note ?? '')).toBe(true);
});

test('entries that were changed since the last checkpoint are not signed, and the server says so', {
  timeout: 120_000,
}, async () => {
  const server = await startServer();
  const { folder } = server;
  await ask(server, 3);
  await server.stop();
  const quiet = await startServer({ folder });
  await ask(quiet, 2);
  inLedger(folder, (db) =>
    db.exec(
      `update entry set leaf = cast(replace(cast(leaf as text), '"found"', '"other"') as blob) where id = 5`,
    ),
  );
  await quiet.stop();
  const watching = await startServer({ folder, ...EVERY_SECOND });
  const ready = () => fetch(`${watching.url}/readyz`);
  await ask(watching, 1);
  await expect.poll(async () => (await ready()).status, { timeout: 20_000 }).toBe(503);
  expect(await (await ready()).json()).toMatchObject({
    checks: expect.arrayContaining([
      { name: 'checkpoints', trouble: 'the stored entries do not give the tree; run audit verify' },
    ]),
  });
  expect(await watching.stop()).toBe(0);
  expect(watching.output()).toMatch(/"code":"ledger-unreadable","msg":"checkpoint not signed"/);
  expect(watching.output()).toMatch(/"check":"checkpoints",.*"msg":"not ready"/);
  expect(checkpointsIn(folder).map(({ size }) => size)).toEqual([3]);
  expect((await vidimus(['audit', 'verify', '--data', folder])).stdout).toContain('entry 5');
});
