import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { countRevision } from './directory-picture.ts';
import { onEitherStore } from './either-store.fixture.ts';

const HOUR = 3600 * 1000;
const jwks = () => ({
  keys: [generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })],
});

onEitherStore('directory', (temporaryAccounts) => {
  test('finds an account by each kind of credential, and by nothing that is nearly right', async () => {
    await using accounts = await temporaryAccounts();
    const { book, directory } = accounts;
    const { account, oauth, apiKey, app } = await book.add('acme');
    const other = await book.add('other');
    await directory.refresh();
    const secret = oauth.clientSecret ?? '';
    expect(await directory.byClientSecret(oauth.clientId, secret)).toMatchObject({ account, kind: 'oauth' });
    expect(await directory.byApiKey(apiKey)).toMatchObject({ account, kind: 'api-key' });
    expect(await directory.byApp(app.appId, app.appKey)).toMatchObject({ account, kind: 'app' });

    expect(await directory.byClientSecret(oauth.clientId, `${secret} `)).toBeNull();
    expect(await directory.byClientSecret(oauth.clientId, '')).toBeNull();
    expect(await directory.byClientSecret(oauth.clientId.toUpperCase(), secret)).toBeNull();
    expect(await directory.byClientSecret(oauth.clientId, other.oauth.clientSecret ?? '')).toBeNull();
    expect(await directory.byClientSecret('unknown', secret)).toBeNull();
    expect(await directory.byClientSecret(app.appId, app.appKey)).toBeNull();
    expect(await directory.byApp(oauth.clientId, secret)).toBeNull();
    expect(await directory.byApp(other.app.appId, app.appKey)).toBeNull();
    expect(await directory.byApiKey(apiKey.toLowerCase())).toBeNull();
    expect(await directory.byApiKey('')).toBeNull();
    expect(await directory.byCredential('crd_unknown')).toBeNull();
  });

  test('both secrets hold during an overlap, then only the new one', async () => {
    await using accounts = await temporaryAccounts();
    const { book, directory, time } = accounts;
    const { oauth } = await book.add('acme');
    const fresh = (await book.rotate('acme', 'oauth', { overlapMs: HOUR })).oauth;
    await directory.refresh();
    const good = async (secret: string | undefined) =>
      (await directory.byClientSecret(oauth.clientId, secret ?? '')) !== null;
    const old = (await directory.byClientSecret(oauth.clientId, oauth.clientSecret ?? ''))?.credential ?? '';
    expect([await good(oauth.clientSecret), await good(fresh?.clientSecret)]).toEqual([true, true]);
    time.now += HOUR - 1;
    expect([await good(oauth.clientSecret), await good(fresh?.clientSecret)]).toEqual([true, true]);
    expect(await directory.byCredential(old)).not.toBeNull();
    time.now += 1;
    expect([await good(oauth.clientSecret), await good(fresh?.clientSecret)]).toEqual([false, true]);
    expect(await directory.byCredential(old)).toBeNull();
  });

  test('a client may change from a secret to public keys and have both for a while', async () => {
    await using accounts = await temporaryAccounts();
    const { book, directory, time } = accounts;
    const { oauth } = await book.add('acme');
    await directory.refresh();
    expect(await directory.clientKeys(oauth.clientId)).toEqual([]);
    const rotated = await book.rotate('acme', 'oauth', { jwks: jwks() });
    expect(rotated.oauth).toEqual({ clientId: oauth.clientId });
    await directory.refresh();
    expect(await directory.clientKeys(oauth.clientId)).toHaveLength(1);
    expect(await directory.byClientSecret(oauth.clientId, oauth.clientSecret ?? '')).not.toBeNull();
    time.now += 24 * HOUR;
    expect(await directory.clientKeys(oauth.clientId)).toHaveLength(1);
    expect(await directory.byClientSecret(oauth.clientId, oauth.clientSecret ?? '')).toBeNull();
  });

  test('what another process changes holds within a second, without a word from it', async () => {
    await using accounts = await temporaryAccounts();
    const { directory, time } = accounts;
    const elsewhere = (await accounts.openAgain()).book;
    const { oauth, apiKey, app } = await elsewhere.add('acme');
    const secret = oauth.clientSecret ?? '';
    time.now += 1000;
    const caller = await directory.byClientSecret(oauth.clientId, secret);
    expect(caller).not.toBeNull();

    await elsewhere.rotate('acme', 'oauth', { overlapMs: 0 });
    time.now += 1000;
    expect(await directory.byClientSecret(oauth.clientId, secret)).toBeNull();
    expect(await directory.byCredential(caller?.credential ?? '')).toBeNull();
    expect(await directory.byApiKey(apiKey)).not.toBeNull();

    await elsewhere.disable('acme');
    time.now += 1000;
    expect(await directory.byApiKey(apiKey)).toBeNull();
    expect(await directory.byApp(app.appId, app.appKey)).toBeNull();
  });

  test('a clock that is set back does not keep a revoked key alive', async () => {
    await using accounts = await temporaryAccounts();
    const { directory, time } = accounts;
    const elsewhere = (await accounts.openAgain()).book;
    const { apiKey } = await elsewhere.add('acme');
    time.now -= HOUR;
    expect(await directory.byApiKey(apiKey)).not.toBeNull();
    await elsewhere.rotate('acme', 'api-key', { overlapMs: 0 });
    time.now -= HOUR;
    expect(await directory.byApiKey(apiKey)).toBeNull();
  });

  test('a digest copied to another account’s row proves nothing there', async () => {
    await using accounts = await temporaryAccounts();
    const { book, directory, folder } = accounts;
    const mine = await book.add('mine');
    const theirs = await book.add('theirs');
    await folder.control.exclusively(async (sql) => {
      await countRevision(sql);
      await sql.run(
        `update credential set digest = (select digest from credential where public_id = $1) where public_id = $2`,
        mine.app.appId,
        theirs.app.appId,
      );
    });
    await directory.refresh();
    expect(await directory.byApp(theirs.app.appId, mine.app.appKey)).toBeNull();
  });
});
