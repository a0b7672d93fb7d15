import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { temporaryAccounts } from './temporary-accounts.fixture.ts';

const HOUR = 3600 * 1000;
const jwks = () => ({
  keys: [generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })],
});

describe('directory', () => {
  test('finds an account by each kind of credential, and by nothing that is nearly right', () => {
    using accounts = temporaryAccounts();
    const { book, directory } = accounts;
    const { account, oauth, apiKey, app } = book.add('acme');
    const other = book.add('other');
    directory.refresh();
    const secret = oauth.clientSecret ?? '';
    expect(directory.byClientSecret(oauth.clientId, secret)).toMatchObject({ account, kind: 'oauth' });
    expect(directory.byApiKey(apiKey)).toMatchObject({ account, kind: 'api-key' });
    expect(directory.byApp(app.appId, app.appKey)).toMatchObject({ account, kind: 'app' });

    expect(directory.byClientSecret(oauth.clientId, `${secret} `)).toBeNull();
    expect(directory.byClientSecret(oauth.clientId, '')).toBeNull();
    expect(directory.byClientSecret(oauth.clientId.toUpperCase(), secret)).toBeNull();
    expect(directory.byClientSecret(oauth.clientId, other.oauth.clientSecret ?? '')).toBeNull();
    expect(directory.byClientSecret('unknown', secret)).toBeNull();
    expect(directory.byClientSecret(app.appId, app.appKey)).toBeNull();
    expect(directory.byApp(oauth.clientId, secret)).toBeNull();
    expect(directory.byApp(other.app.appId, app.appKey)).toBeNull();
    expect(directory.byApiKey(apiKey.toLowerCase())).toBeNull();
    expect(directory.byApiKey('')).toBeNull();
    expect(directory.byCredential('crd_unknown')).toBeNull();
  });

  test('both secrets hold during an overlap, then only the new one', () => {
    using accounts = temporaryAccounts();
    const { book, directory, time } = accounts;
    const { oauth } = book.add('acme');
    const fresh = book.rotate('acme', 'oauth', { overlapMs: HOUR }).oauth;
    directory.refresh();
    const good = (secret: string | undefined) =>
      directory.byClientSecret(oauth.clientId, secret ?? '') !== null;
    const old = directory.byClientSecret(oauth.clientId, oauth.clientSecret ?? '')?.credential ?? '';
    expect([good(oauth.clientSecret), good(fresh?.clientSecret)]).toEqual([true, true]);
    time.now += HOUR - 1;
    expect([good(oauth.clientSecret), good(fresh?.clientSecret)]).toEqual([true, true]);
    expect(directory.byCredential(old)).not.toBeNull();
    time.now += 1;
    expect([good(oauth.clientSecret), good(fresh?.clientSecret)]).toEqual([false, true]);
    expect(directory.byCredential(old)).toBeNull();
  });

  test('a client may change from a secret to public keys and have both for a while', () => {
    using accounts = temporaryAccounts();
    const { book, directory, time } = accounts;
    const { oauth } = book.add('acme');
    directory.refresh();
    expect(directory.clientKeys(oauth.clientId)).toEqual([]);
    const rotated = book.rotate('acme', 'oauth', { jwks: jwks() });
    expect(rotated.oauth).toEqual({ clientId: oauth.clientId });
    directory.refresh();
    expect(directory.clientKeys(oauth.clientId)).toHaveLength(1);
    expect(directory.byClientSecret(oauth.clientId, oauth.clientSecret ?? '')).not.toBeNull();
    time.now += 24 * HOUR;
    expect(directory.clientKeys(oauth.clientId)).toHaveLength(1);
    expect(directory.byClientSecret(oauth.clientId, oauth.clientSecret ?? '')).toBeNull();
  });

  test('what another process changes holds within a second, without a word from it', () => {
    using accounts = temporaryAccounts();
    const { directory, time } = accounts;
    const elsewhere = accounts.openAgain().book;
    const { oauth, apiKey, app } = elsewhere.add('acme');
    const secret = oauth.clientSecret ?? '';
    time.now += 1000;
    const caller = directory.byClientSecret(oauth.clientId, secret);
    expect(caller).not.toBeNull();

    elsewhere.rotate('acme', 'oauth', { overlapMs: 0 });
    time.now += 1000;
    expect(directory.byClientSecret(oauth.clientId, secret)).toBeNull();
    expect(directory.byCredential(caller?.credential ?? '')).toBeNull();
    expect(directory.byApiKey(apiKey)).not.toBeNull();

    elsewhere.disable('acme');
    time.now += 1000;
    expect(directory.byApiKey(apiKey)).toBeNull();
    expect(directory.byApp(app.appId, app.appKey)).toBeNull();
  });

  test('a clock that is set back does not keep a revoked key alive', () => {
    using accounts = temporaryAccounts();
    const { directory, time } = accounts;
    const elsewhere = accounts.openAgain().book;
    const { apiKey } = elsewhere.add('acme');
    time.now -= HOUR;
    expect(directory.byApiKey(apiKey)).not.toBeNull();
    elsewhere.rotate('acme', 'api-key', { overlapMs: 0 });
    time.now -= HOUR;
    expect(directory.byApiKey(apiKey)).toBeNull();
  });

  test('a digest copied to another account’s row proves nothing there', () => {
    using accounts = temporaryAccounts();
    const { book, directory, folder } = accounts;
    const mine = book.add('mine');
    const theirs = book.add('theirs');
    folder.control.exec(`update credential set digest = (select digest from credential where public_id = '${mine.app.appId}')
      where public_id = '${theirs.app.appId}'`);
    directory.refresh();
    expect(directory.byApp(theirs.app.appId, mine.app.appKey)).toBeNull();
  });
});
