import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serviceToken, ssnDetails, startServer, temporaryFolder, vidimus } from '@vidimus/testkit';
import { expect, test } from 'vitest';

test('a backup made under load is consistent, verifies, and restores into a folder that serves', async () => {
  const server = await startServer();
  const token = await serviceToken(server.url);
  let answered = 0;
  let isServing = true;
  const load = Array.from({ length: 4 }, async () => {
    while (isServing) {
      if ((await ssnDetails(server.url, token, '1307610015')).status === 200) answered += 1;
      await new Promise((later) => setTimeout(later, 25));
    }
  });
  const target = join(temporaryFolder(), 'backup');
  const created = await vidimus(['backup', 'create', target, '--json', '--data', server.folder]);
  const answeredBefore = answered;
  isServing = false;
  await Promise.all(load);
  await server.stop();
  expect(created).toMatchObject({ exit: 0 });
  const { ledger, files } = JSON.parse(created.stdout) as {
    ledger: { entries: number };
    files: { path: string }[];
  };
  expect(ledger.entries).toBeGreaterThan(0);
  expect(ledger.entries).toBeLessThanOrEqual(answeredBefore + 4);
  expect(files.map(({ path }) => path)).not.toContain('vidimus.key');
  expect((await vidimus(['backup', 'verify', target])).exit).toBe(0);

  const folder = join(temporaryFolder(), 'restored');
  expect((await vidimus(['backup', 'restore', target, '--data', folder])).exit).toBe(0);
  expect((await vidimus(['audit', 'verify', '--data', folder])).stderr).toContain('(key-missing)');
  copyFileSync(join(server.folder, 'vidimus.key'), join(folder, 'vidimus.key'));
  expect((await vidimus(['audit', 'verify', '--data', folder])).exit).toBe(0);
  const again = await startServer({ folder });
  expect((await ssnDetails(again.url, await serviceToken(again.url), '1307610015')).status).toBe(200);
  await again.stop();
  expect((await vidimus(['backup', 'restore', target, '--data', folder])).exit).toBe(2);
});

test('a damaged backup is named and not restored', async () => {
  const server = await startServer();
  await server.stop();
  const target = join(temporaryFolder(), 'backup');
  await vidimus(['backup', 'create', target, '--data', server.folder]);
  const ledger = join(target, 'ledger.db');
  const bytes = readFileSync(ledger);
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  writeFileSync(ledger, bytes);
  expect(await vidimus(['backup', 'verify', target])).toMatchObject({
    exit: 5,
    stdout: expect.stringContaining('ledger.db: it is not what was written'),
  });
  const folder = join(temporaryFolder(), 'restored');
  expect((await vidimus(['backup', 'restore', target, '--data', folder])).exit).toBe(5);
  expect((await vidimus(['backup', 'verify', temporaryFolder()])).exit).toBe(2);
});
