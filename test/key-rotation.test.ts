import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serviceToken, ssnDetails, ssnVerification, startServer, vidimus } from '@vidimus/testkit';
import { expect, test } from 'vitest';

/**
 * Keys change under load without anybody noticing: every request is answered while data keys and the
 * key-encryption key are replaced, and afterwards nothing is sealed under an old one.
 */
test('keys are rotated online, and everything is sealed under the new ones', async () => {
  const server = await startServer();
  const keyFile = join(server.folder, 'vidimus.key');
  const before = readFileSync(keyFile, 'utf8');
  const token = await serviceToken(server.url);
  const statuses = new Map<number, number>();
  let isRotating = true;
  const load = Array.from({ length: 4 }, async () => {
    while (isRotating) {
      const { status } = await ssnDetails(server.url, token, '1307610015');
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      await new Promise((later) => setTimeout(later, 40));
    }
  });
  const keys = (...args: string[]) => vidimus(['keys', ...args, '--json', '--data', server.folder]);
  expect((await keys('rotate')).exit).toBe(0);
  expect((await keys('rotate', '--key-encryption-key')).exit).toBe(0);
  isRotating = false;
  await Promise.all(load);
  expect([...statuses.keys()]).toEqual([200]);

  await new Promise((later) => setTimeout(later, 1500));
  expect(
    (await ssnVerification(server.url, { firstName: 'John', lastName: 'Doe', ssn: '123-45-6789' })).status,
  ).toBe(200);
  const { versions, stale } = JSON.parse((await keys('status')).stdout) as {
    versions: { purpose: string; version: number }[];
    stale: Record<string, number>;
  };
  expect(versions.filter(({ purpose }) => purpose === 'ledger').map(({ version }) => version)).toEqual([
    3, 2, 1,
  ]);
  // What a server sealed in the half second before it took the new key is the next rotation's, or `keys reseal`'s.
  expect(stale).toMatchObject({ cpr: 0, ssn: 0 });
  expect((await keys('reseal')).exit).toBe(0);
  expect(JSON.parse((await keys('status')).stdout)).toMatchObject({ stale: { cpr: 0, ssn: 0, ledger: 0 } });
  expect(readFileSync(keyFile, 'utf8')).not.toBe(before);

  expect((await vidimus(['audit', 'verify', '--data', server.folder])).exit).toBe(0);
  expect(await server.stop()).toBe(0);
  const again = await startServer({ folder: server.folder });
  expect((await ssnDetails(again.url, await serviceToken(again.url), '1307610015')).status).toBe(200);
  await again.stop();
});
