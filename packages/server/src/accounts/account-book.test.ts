import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { onEitherStore } from './either-store.fixture.ts';
import { SANDBOX_SECRETS } from './sandbox-account.ts';
import { temporaryAccounts } from './temporary-accounts.fixture.ts';

const DAY = 24 * 3600 * 1000;

onEitherStore('account book', (temporaryAccounts) => {
  test('a new account has one credential of each kind', async () => {
    await using accounts = await temporaryAccounts();
    const added = await accounts.book.add('  Acme Bank ', { limits: { rate: 5 } });
    expect(Object.keys(added)).toEqual(['account', 'oauth', 'apiKey', 'app']);
    expect(added.account).toEqual({ id: expect.stringMatching(/^acc_/), name: 'Acme Bank' });
    const { account, credentials } = await accounts.book.show('Acme Bank');
    expect(account.settings.limits.rate).toBe(5);
    expect(credentials).toEqual([
      view('api-key', added.apiKey.slice(-6), accounts.time.now),
      view('app', added.app.appId, accounts.time.now),
      view('oauth', added.oauth.clientId, accounts.time.now),
    ]);
    expect(await accounts.book.list()).toEqual([account]);
  });

  test('a name is taken once, whatever blanks or composition it comes with', async () => {
    await using accounts = await temporaryAccounts();
    await accounts.book.add('Møller & Åse');
    await expect(accounts.book.add(' Møller & A\u030ase ')).rejects.toThrow(/exists already/);
    expect((await accounts.book.show('Møller & A\u030ase')).account.name).toBe('Møller & Åse');
  });

  test.each(['', '   ', 'a'.repeat(65), 'line\nbreak', 'bell\u0007', 'right\u202eleft'])(
    'the name %j is refused',
    async (name) => {
      await using accounts = await temporaryAccounts();
      await expect(accounts.book.add(name)).rejects.toThrow(/printable/);
    },
  );

  test('accounts that are added at once do not get into each other’s way', async () => {
    await using accounts = await temporaryAccounts();
    const names = Array.from({ length: 20 }, (_, at) => `bank ${at}`);
    await Promise.all([
      ...names.map((name) => accounts.book.add(name)),
      ...names.map(() => accounts.book.list()),
    ]);
    expect((await accounts.book.list()).map(({ name }) => name).sort()).toEqual(names.toSorted());
    const [taken, added] = await Promise.allSettled(
      ['bank 0', 'bank 99'].map((name) => accounts.book.add(name)),
    );
    expect([taken?.status, added?.status]).toEqual(['rejected', 'fulfilled']);
    expect((await accounts.book.list()).length).toBe(21);
  });

  test('unknown accounts, disabled accounts and impossible rotations are refused', async () => {
    await using accounts = await temporaryAccounts();
    const { book } = accounts;
    await expect(book.show('nobody')).rejects.toThrow(/no account/);
    await expect(book.disable('nobody')).rejects.toThrow(/no account/);
    await expect(book.rotate('nobody', 'app')).rejects.toThrow(/no account/);
    await book.add('acme');
    await expect(book.rotate('acme', 'app', { jwks: { keys: [] } })).rejects.toThrow(/Only an OAuth client/);
    await expect(book.rotate('acme', 'app', { overlapMs: -1 })).rejects.toThrow(/overlap/);
    await expect(book.rotate('acme', 'app', { overlapMs: 91 * DAY })).rejects.toThrow(/overlap/);
    expect((await book.disable('acme')).disabledAt).toBe(accounts.time.now);
    await expect(book.rotate('acme', 'app')).rejects.toThrow(/disabled/);
  });

  test('rotation keeps client id and app id, and lets the old secret run out', async () => {
    await using accounts = await temporaryAccounts();
    const { book, time } = accounts;
    const first = await book.add('acme');
    time.now += 1000;
    const oauth = await book.rotate('acme', 'oauth');
    const app = await book.rotate('acme', 'app', { overlapMs: 0 });
    const key = await book.rotate('acme', 'api-key', { overlapMs: 60_000 });
    expect(oauth.oauth?.clientId).toBe(first.oauth.clientId);
    expect(oauth.oauth?.clientSecret).not.toBe(first.oauth.clientSecret);
    expect(app.app?.appId).toBe(first.app.appId);
    expect(key.apiKey).not.toBe(first.apiKey);
    const old = (await book.show('acme')).credentials.filter(({ createdAt }) => createdAt < time.now);
    expect(old.map(({ kind, expiresAt, revokedAt }) => [kind, expiresAt, revokedAt])).toEqual([
      ['api-key', time.now + 60_000, null],
      ['app', time.now, time.now],
      ['oauth', time.now + DAY, null],
    ]);
  });

  test('a second rotation never prolongs what already runs out', async () => {
    await using accounts = await temporaryAccounts();
    const { book, time } = accounts;
    await book.add('acme');
    const endsAt = time.now + 1000;
    time.now += 1;
    await book.rotate('acme', 'app', { overlapMs: 999 });
    time.now += 1;
    await book.rotate('acme', 'app', { overlapMs: DAY });
    const ends = (await book.show('acme')).credentials
      .filter(({ kind }) => kind === 'app')
      .map(({ expiresAt }) => expiresAt);
    expect(ends).toEqual([null, endsAt + 1 + DAY - 999, endsAt]);
  });

  test('an account made for the shell has no credentials until it is given some', async () => {
    await using accounts = await temporaryAccounts();
    const operator = await accounts.book.ensureAccount('operator');
    expect(await accounts.book.ensureAccount('operator')).toEqual(operator);
    expect((await accounts.book.show('operator')).credentials).toEqual([]);
    expect((await accounts.book.rotate('operator', 'api-key')).apiKey).toMatch(/^vdm_/);
  });

  test('the sandbox account has the published credentials, also when it is added twice', async () => {
    await using accounts = await temporaryAccounts();
    const first = await accounts.book.addSandboxAccount();
    expect(await (await accounts.openAgain()).book.addSandboxAccount()).toEqual(first);
    const { oauth, apiKey, app } = SANDBOX_SECRETS;
    await accounts.directory.refresh();
    expect((await accounts.directory.byClientSecret(oauth.clientId, oauth.clientSecret))?.account).toEqual(
      first,
    );
    expect((await accounts.directory.byApiKey(apiKey))?.account).toEqual(first);
    expect((await accounts.directory.byApp(app.appId, app.appKey))?.account).toEqual(first);
    expect((await accounts.book.show('sandbox')).credentials).toHaveLength(3);
  });
});

test('no file of the data folder holds a secret', async () => {
  await using accounts = await temporaryAccounts();
  const { oauth, apiKey, app } = await accounts.book.add('acme');
  const rotated = await accounts.book.rotate('acme', 'oauth');
  const secrets = [oauth.clientSecret, rotated.oauth?.clientSecret, apiKey, app.appKey].map(String);
  const files = readdirSync(accounts.folder.path).map((name) =>
    readFileSync(join(accounts.folder.path, name)),
  );
  const bytes = Buffer.concat(files);
  expect(bytes.includes('acme')).toBe(true);
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(40);
    // Not in part either: 16 letters would leave little to guess.
    for (let at = 0; at + 16 <= secret.length; at += 4)
      expect(bytes.includes(secret.slice(at, at + 16))).toBe(false);
    expect(bytes.includes(Buffer.from(secret, 'base64url'))).toBe(false);
  }
});

function view(kind: string, publicId: string, createdAt: number) {
  return { kind, publicId, how: 'secret', createdAt, expiresAt: null, revokedAt: null };
}
