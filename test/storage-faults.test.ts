import { serviceToken, ssnDetails, startServer, temporaryFolder, vidimus } from '@vidimus/testkit';
import { expect, test } from 'vitest';
import { becomeReady } from './proofs/become-ready.ts';
import { CALLS, ERRNO, noCompiler, StorageCalls } from './proofs/storage-calls/storage-calls.ts';
import { diskFullRounds, noMount } from './proofs/storage-faults/disk-full-rounds.ts';
import { faultRounds } from './proofs/storage-faults/fault-rounds.ts';

const compilerIsMissing = noCompiler === null ? '' : ` (${noCompiler})`;
const mountIsMissing = noMount === null ? '' : ` (${noMount})`;

test.skipIf(noCompiler !== null)(
  `a storage call fails: no unlogged answer, 503 within a second, recovery; a failed fsync ends it${compilerIsMissing}`,
  { timeout: 240_000 },
  async () => {
    const { figures, violations } = await faultRounds(2, 1);
    expect({ violations, figures }).toMatchObject({ violations: [] });
    expect(figures.restartsAfterFailedSync).toBeGreaterThan(0);
    expect(figures.withoutAnswer).toBeGreaterThan(20);
  },
);

test.skipIf(noCompiler !== null)(
  `after a failed fsync not even new keys bring the ledger’s writer back${compilerIsMissing}`,
  async () => {
    const folder = temporaryFolder();
    const calls = new StorageCalls(folder);
    const server = await startServer({ folder, environment: calls.environment });
    await becomeReady(server);
    const token = await serviceToken(server.url);
    const status = async () => (await ssnDetails(server.url, token, '1307610015')).status;
    expect(await status()).toBe(200);
    calls.strike({ action: 'fail', calls: CALLS.sync, at: 1, error: ERRNO.EIO });
    expect(await status()).toBe(503);
    expect((await vidimus(['keys', 'rotate', '--data', folder])).exit).toBe(0);
    await new Promise((later) => setTimeout(later, 1000));
    expect(await status()).toBe(503);
    expect(await (await fetch(`${server.url}/readyz`)).json()).toMatchObject({
      checks: expect.arrayContaining([{ name: 'ledger', trouble: 'the ledger cannot be written (sync)' }]),
    });
    await server.stop('SIGKILL');
    const again = await startServer({ folder });
    await becomeReady(again);
    expect((await ssnDetails(again.url, await serviceToken(again.url), '1307610015')).status).toBe(200);
    await again.stop();
  },
);

test.skipIf(noMount !== null)(
  `a full disk: 503, readiness red, and answers again within 5 s of free space${mountIsMissing}`,
  { timeout: 120_000 },
  async () => {
    const { figures, violations } = await diskFullRounds(3, 1);
    expect({ violations, figures }).toMatchObject({ violations: [] });
    expect(figures.withoutAnswer).toBeGreaterThan(0);
  },
);
