import { expect, test } from 'vitest';
import { onEitherStore } from '../accounts/either-store.fixture.ts';
import type { TemporaryAccounts } from '../accounts/temporary-accounts.fixture.ts';
import { openSigningKeys } from './signing-keys.ts';

const MINUTE = 60 * 1000;
const DAY = 24 * 60 * MINUTE;

async function temporaryKeysOn(temporary: () => Promise<TemporaryAccounts>) {
  const accounts = await temporary();
  const { folder, clock } = accounts;
  const open = async () =>
    openSigningKeys((await accounts.openAgain()).folder.control, folder.keyring, clock);
  return { ...accounts, open, keys: openSigningKeys(folder.control, folder.keyring, clock) };
}

onEitherStore('signing keys', (accounts) => {
  const temporaryKeys = () => temporaryKeysOn(accounts);

  test('the first key is made on first use and published with the broker’s members', async () => {
    await using parts = await temporaryKeys();
    const published = await parts.keys.published();
    expect(published).toHaveLength(1);
    expect(Object.keys(published[0] ?? {})).toEqual(['kty', 'use', 'kid', 'e', 'n']);
    expect(published[0]).toMatchObject({
      kty: 'RSA',
      use: 'sig',
      kid: expect.stringMatching(/^[0-9A-F]{40}$/),
    });
    expect(Buffer.from(published[0]?.n ?? '', 'base64url')).toHaveLength(256);
    expect(await parts.keys.published()).toEqual(published);
    expect(await (await parts.open()).published()).toEqual(published);
  });

  test('processes that start or rotate together agree on one key', async () => {
    await using parts = await temporaryKeys();
    const processes = [parts.keys, await parts.open(), await parts.open()];
    const first = await Promise.all(processes.map((keys) => keys.current()));
    expect(new Set(first.map(({ kid }) => kid))).toHaveProperty('size', 1);
    parts.time.now += 90 * DAY;
    const second = await Promise.all(processes.map((keys) => keys.current()));
    expect(new Set(second.map(({ kid }) => kid))).toHaveProperty('size', 1);
    expect(second[0]?.kid).not.toBe(first[0]?.kid);
    expect(await parts.keys.published()).toHaveLength(2);
  });

  test('a key signs for 90 days and is then replaced without anybody asking', async () => {
    await using parts = await temporaryKeys();
    const { kid } = await parts.keys.current();
    parts.time.now += 90 * DAY - 1;
    expect((await parts.keys.current()).kid).toBe(kid);
    parts.time.now += 1;
    expect((await parts.keys.current()).kid).not.toBe(kid);
  });

  test('a retired key stays published for an hour and five minutes', async () => {
    await using parts = await temporaryKeys();
    const old = (await parts.keys.current()).kid;
    const fresh = await parts.keys.rotate();
    const kids = async () => (await parts.keys.published()).map(({ kid }) => kid);
    expect(new Set(await kids())).toEqual(new Set([fresh, old]));
    expect(await parts.keys.byKid(old)).not.toBeNull();
    parts.time.now += 65 * MINUTE - 1;
    expect(await kids()).toContain(old);
    parts.time.now += 1;
    expect(await kids()).toEqual([fresh]);
    expect(await parts.keys.byKid(old)).toBeNull();
  });

  test('another process’s rotation is noticed: its key is taken, and signed with', async () => {
    await using parts = await temporaryKeys();
    const old = (await parts.keys.current()).kid;
    const elsewhere = await parts.open();
    const fresh = await elsewhere.rotate();
    expect(await parts.keys.byKid(fresh)).not.toBeNull();
    expect((await parts.keys.current()).kid).toBe(fresh);
    parts.time.now += 65 * MINUTE;
    expect(await parts.keys.byKid(old)).toBeNull();
  });

  test('a private key is never on disk in the clear, and does not open when it was changed', async () => {
    await using parts = await temporaryKeys();
    const { kid, privateKey } = await parts.keys.current();
    const { control } = parts.folder;
    const sealed = Buffer.from(
      (await control.get('select private_jwk from signing_key'))?.['private_jwk'] as Uint8Array,
    );
    const { d, n } = privateKey.export({ format: 'jwk' });
    expect(sealed.includes(String(d))).toBe(false);
    expect(sealed.includes(String(n))).toBe(false);
    sealed[40] = (sealed[40] ?? 0) ^ 1;
    await control.run('update signing_key set private_jwk = $1 where id = $2', sealed, kid);
    await expect((await parts.open()).current()).rejects.toMatchObject({ code: 'sealed-damaged' });
  });
});
