import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SANDBOX_SECRETS } from './sandbox-account.ts';
import { temporaryAccounts } from './temporary-accounts.fixture.ts';

const DAY = 24 * 3600 * 1000;

describe('account book', () => {
  test('a new account has one credential of each kind', () => {
    using accounts = temporaryAccounts();
    const added = accounts.book.add('  Acme Bank ', { limits: { rate: 5 } });
    expect(Object.keys(added)).toEqual(['account', 'oauth', 'apiKey', 'app']);
    expect(added.account).toEqual({ id: expect.stringMatching(/^acc_/), name: 'Acme Bank' });
    const { account, credentials } = accounts.book.show('Acme Bank');
    expect(account.settings.limits.rate).toBe(5);
    expect(credentials).toEqual([
      view('api-key', added.apiKey.slice(-6), accounts.time.now),
      view('app', added.app.appId, accounts.time.now),
      view('oauth', added.oauth.clientId, accounts.time.now),
    ]);
    expect(accounts.book.list()).toEqual([account]);
  });

  test('a name is taken once, whatever blanks or composition it comes with', () => {
    using accounts = temporaryAccounts();
    accounts.book.add('Møller & Åse');
    expect(() => accounts.book.add(' Møller & A\u030ase ')).toThrow(/exists already/);
    expect(accounts.book.show('Møller & A\u030ase').account.name).toBe('Møller & Åse');
  });

  test.each(['', '   ', 'a'.repeat(65), 'line\nbreak', 'bell\u0007', 'right\u202eleft'])(
    'the name %j is refused',
    (name) => {
      using accounts = temporaryAccounts();
      expect(() => accounts.book.add(name)).toThrow(/printable/);
    },
  );

  test('unknown accounts, disabled accounts and impossible rotations are refused', () => {
    using accounts = temporaryAccounts();
    const { book } = accounts;
    expect(() => book.show('nobody')).toThrow(/no account/);
    expect(() => book.disable('nobody')).toThrow(/no account/);
    expect(() => book.rotate('nobody', 'app')).toThrow(/no account/);
    book.add('acme');
    expect(() => book.rotate('acme', 'app', { jwks: { keys: [] } })).toThrow(/Only an OAuth client/);
    expect(() => book.rotate('acme', 'app', { overlapMs: -1 })).toThrow(/overlap/);
    expect(() => book.rotate('acme', 'app', { overlapMs: 91 * DAY })).toThrow(/overlap/);
    expect(book.disable('acme').disabledAt).toBe(accounts.time.now);
    expect(() => book.rotate('acme', 'app')).toThrow(/disabled/);
  });

  test('rotation keeps client id and app id, and lets the old secret run out', () => {
    using accounts = temporaryAccounts();
    const { book, time } = accounts;
    const first = book.add('acme');
    time.now += 1000;
    const oauth = book.rotate('acme', 'oauth');
    const app = book.rotate('acme', 'app', { overlapMs: 0 });
    const key = book.rotate('acme', 'api-key', { overlapMs: 60_000 });
    expect(oauth.oauth?.clientId).toBe(first.oauth.clientId);
    expect(oauth.oauth?.clientSecret).not.toBe(first.oauth.clientSecret);
    expect(app.app?.appId).toBe(first.app.appId);
    expect(key.apiKey).not.toBe(first.apiKey);
    const old = book.show('acme').credentials.filter(({ createdAt }) => createdAt < time.now);
    expect(old.map(({ kind, expiresAt, revokedAt }) => [kind, expiresAt, revokedAt])).toEqual([
      ['api-key', time.now + 60_000, null],
      ['app', time.now, time.now],
      ['oauth', time.now + DAY, null],
    ]);
  });

  test('a second rotation never prolongs what already runs out', () => {
    using accounts = temporaryAccounts();
    const { book, time } = accounts;
    book.add('acme');
    const endsAt = time.now + 1000;
    time.now += 1;
    book.rotate('acme', 'app', { overlapMs: 999 });
    time.now += 1;
    book.rotate('acme', 'app', { overlapMs: DAY });
    const ends = book
      .show('acme')
      .credentials.filter(({ kind }) => kind === 'app')
      .map(({ expiresAt }) => expiresAt);
    expect(ends).toEqual([null, endsAt + 1 + DAY - 999, endsAt]);
  });

  test('an account made for the shell has no credentials until it is given some', () => {
    using accounts = temporaryAccounts();
    const operator = accounts.book.ensureAccount('operator');
    expect(accounts.book.ensureAccount('operator')).toEqual(operator);
    expect(accounts.book.show('operator').credentials).toEqual([]);
    expect(accounts.book.rotate('operator', 'api-key').apiKey).toMatch(/^vdm_/);
  });

  test('the sandbox account has the published credentials, also when it is added twice', () => {
    using accounts = temporaryAccounts();
    const first = accounts.book.addSandboxAccount();
    expect(accounts.openAgain().book.addSandboxAccount()).toEqual(first);
    const { oauth, apiKey, app } = SANDBOX_SECRETS;
    accounts.directory.refresh();
    expect(accounts.directory.byClientSecret(oauth.clientId, oauth.clientSecret)?.account).toEqual(first);
    expect(accounts.directory.byApiKey(apiKey)?.account).toEqual(first);
    expect(accounts.directory.byApp(app.appId, app.appKey)?.account).toEqual(first);
    expect(accounts.book.show('sandbox').credentials).toHaveLength(3);
  });

  test('no file of the data folder holds a secret', () => {
    using accounts = temporaryAccounts();
    const { oauth, apiKey, app } = accounts.book.add('acme');
    const rotated = accounts.book.rotate('acme', 'oauth');
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
});

function view(kind: string, publicId: string, createdAt: number) {
  return { kind, publicId, how: 'secret', createdAt, expiresAt: null, revokedAt: null };
}
