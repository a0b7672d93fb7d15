import { openCpr } from '@vidimus/client';
import { SANDBOX_CREDENTIALS, startSandbox } from '@vidimus/client/sandbox';
import { expect, test } from 'vitest';

test('a sandbox in this process, on a free port, with data of its own', async () => {
  const [one, other] = await Promise.all([startSandbox(), startSandbox()]);
  try {
    expect(one.url).not.toBe(other.url);
    const client = openCpr({ url: one.url, ...SANDBOX_CREDENTIALS });
    expect(await client.lookUp({ cpr: '1307610015', reference: 'case' })).toMatchObject({ kind: 'found' });
    const beside = openCpr({ url: other.url, ...SANDBOX_CREDENTIALS });
    expect((await beside.records()).totalCount).toBe(0);
  } finally {
    await Promise.all([one.close(), other.close()]);
  }
  await expect(fetch(`${one.url}/livez`)).rejects.toThrow('fetch failed');
});
