import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, exportSPKI, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryAccounts } from '../accounts/temporary-accounts.fixture.ts';
import { openAccessTokens } from './access-token.ts';
import { openSigningKeys } from './signing-keys.ts';

const ISSUER = 'https://vidimus.example/op';
const HOUR = 3600 * 1000;

async function temporaryTokens() {
  const accounts = await temporaryAccounts();
  const { folder, directory, book, clock } = accounts;
  const keys = openSigningKeys(folder.control, folder.keyring, clock);
  const tokens = openAccessTokens({ issuer: () => ISSUER, keys, directory, clock });
  const { oauth } = await book.add('acme');
  await directory.refresh();
  const caller = await directory.byClientSecret(oauth.clientId, oauth.clientSecret ?? '');
  if (caller === null) throw new Error('no caller');
  const token = await tokens.issue(caller, oauth.clientId, ['neb_api']);
  return {
    ...accounts,
    keys,
    tokens,
    oauth,
    caller,
    token,
  };
}

type Parts = Awaited<ReturnType<typeof temporaryTokens>>;

/** A token like ours with some of it changed, correctly signed unless another key is given. */
async function forge(
  { token, keys }: Parts,
  change: { header?: Record<string, unknown>; payload?: Record<string, unknown>; key?: KeyObject },
): Promise<string> {
  const { kid, privateKey } = await keys.current();
  return new SignJWT({ ...decodeJwt(token), ...change.payload })
    .setProtectedHeader({ alg: 'RS256', kid, typ: 'at+jwt', ...change.header })
    .sign(change.key ?? privateKey);
}

function assemble(header: object, payload: object, sign: (input: string) => string): string {
  const input = [header, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${input}.${sign(input)}`;
}

describe('access token', () => {
  test('looks like the broker’s, member for member', async () => {
    await using parts = await temporaryTokens();
    const header = decodeProtectedHeader(parts.token);
    expect(Object.entries(header)).toEqual([
      ['alg', 'RS256'],
      ['kid', (await parts.keys.current()).kid],
      ['typ', 'at+jwt'],
    ]);
    const now = parts.time.now / 1000;
    expect(Object.entries(decodeJwt(parts.token))).toEqual([
      ['iss', ISSUER],
      ['nbf', now],
      ['iat', now],
      ['exp', now + 3600],
      ['scope', ['neb_api']],
      ['client_id', parts.oauth.clientId],
      ['client_at_type', 'service_token'],
      ['credential', parts.caller.credential],
      ['jti', expect.stringMatching(/^[0-9A-F]{32}$/)],
    ]);
  });

  test('is good for an hour, the first time and every time', async () => {
    await using parts = await temporaryTokens();
    const valid = { kind: 'valid', caller: parts.caller, scopes: ['neb_api'] };
    expect(await parts.tokens.verify(parts.token)).toEqual(valid);
    parts.time.now += HOUR - 1;
    expect(await parts.tokens.verify(parts.token)).toEqual(valid);
    parts.time.now += 1;
    expect(await parts.tokens.verify(parts.token)).toEqual({ kind: 'invalid' });
    parts.time.now -= 1000;
    expect(await parts.tokens.verify(parts.token)).toEqual(valid);
  });

  test('is refused after expiry also by a process that never saw it, without any skew', async () => {
    await using parts = await temporaryTokens();
    parts.time.now += HOUR;
    expect(await parts.tokens.verify(parts.token)).toEqual({ kind: 'invalid' });
  });

  test('ends with its credential, within a second, though its signature is remembered', async () => {
    await using parts = await temporaryTokens();
    const { book } = await parts.openAgain();
    expect((await parts.tokens.verify(parts.token)).kind).toBe('valid');
    await book.rotate('acme', 'oauth', { overlapMs: 0 });
    parts.time.now += 1000;
    expect((await parts.tokens.verify(parts.token)).kind).toBe('invalid');
  });

  test('stays good when signing keys rotate, here or in another process', async () => {
    await using parts = await temporaryTokens();
    const { folder } = await parts.openAgain();
    await openSigningKeys(folder.control, folder.keyring, parts.clock).rotate();
    await parts.keys.rotate();
    expect(await parts.keys.published()).toHaveLength(3);
    expect((await parts.tokens.verify(parts.token)).kind).toBe('valid');
    expect((await parts.tokens.verify(await forge(parts, {}))).kind).toBe('valid');
  });

  test('of a process whose clock is a minute ahead is taken, beyond that not', async () => {
    await using parts = await temporaryTokens();
    const now = parts.time.now / 1000;
    expect((await parts.tokens.verify(await forge(parts, { payload: { nbf: now + 60 } }))).kind).toBe(
      'valid',
    );
    expect((await parts.tokens.verify(await forge(parts, { payload: { nbf: now + 61 } }))).kind).toBe(
      'invalid',
    );
  });
});

describe('a forged access token', () => {
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const strangerJwk = stranger.publicKey.export({ format: 'jwk' });
  const attacks: readonly [string, (parts: Parts) => Promise<string> | string][] = [
    ['nothing', () => ''],
    ['no token', () => 'vdm_abc'],
    ['dots', () => '..'],
    ['four parts', ({ token }) => `${token}.x`],
    ['a token with a blank', ({ token }) => `${token} `],
    ['no signature', ({ token }) => token.replace(/[^.]+$/, '')],
    ['alg none', ({ token }) => assemble({ alg: 'none', typ: 'at+jwt' }, decodeJwt(token), () => '')],
    [
      'alg none with our kid and signature',
      async ({ token, keys }) =>
        assemble(
          { alg: 'none', kid: (await keys.current()).kid, typ: 'at+jwt' },
          decodeJwt(token),
          () => token.split('.')[2] ?? '',
        ),
    ],
    [
      'HS256 keyed with our public key',
      async ({ token, keys }) => {
        const { kid } = await keys.current();
        const pem = await exportSPKI((await keys.byKid(kid)) as KeyObject);
        const sign = (input: string) => createHmac('sha256', pem).update(input).digest('base64url');
        return assemble({ alg: 'HS256', kid, typ: 'at+jwt' }, decodeJwt(token), sign);
      },
    ],
    ['PS256 with the right key', (parts) => forgeWith(parts, 'PS256')],
    ['RS512 with the right key', (parts) => forgeWith(parts, 'RS512')],
    ['another key under our kid', (parts) => forge(parts, { key: stranger.privateKey })],
    ['an unknown kid', (parts) => forge(parts, { header: { kid: 'F'.repeat(40) } })],
    ['a kid that is a path', (parts) => forge(parts, { header: { kid: '../../etc/passwd' } })],
    ['a kid that is SQL', (parts) => forge(parts, { header: { kid: "' or 1=1 --" } })],
    ['a kid that every object has', (parts) => forge(parts, { header: { kid: '__proto__' } })],
    ['no kid', (parts) => forge(parts, { header: { kid: undefined } })],
    [
      'a key in the header',
      (parts) => forge(parts, { header: { jwk: strangerJwk }, key: stranger.privateKey }),
    ],
    [
      'a key in the header beside a good signature',
      (parts) => forge(parts, { header: { jwk: strangerJwk } }),
    ],
    ['jku', (parts) => forge(parts, { header: { jku: 'https://evil.example/jwks' } })],
    ['x5u', (parts) => forge(parts, { header: { x5u: 'https://evil.example/cert' } })],
    ['x5c', (parts) => forge(parts, { header: { x5c: ['certificate'] } })],
    ['zip', (parts) => forge(parts, { header: { zip: 'DEF' } })],
    ['typ JWT', (parts) => forge(parts, { header: { typ: 'JWT' } })],
    ['no typ', (parts) => forge(parts, { header: { typ: undefined } })],
    ['another issuer', (parts) => forge(parts, { payload: { iss: 'https://evil.example/op' } })],
    ['our issuer with a slash', (parts) => forge(parts, { payload: { iss: `${ISSUER}/` } })],
    ['expired by a second', (parts) => forge(parts, { payload: { exp: parts.time.now / 1000 - 1 } })],
    ['exp as text', (parts) => forge(parts, { payload: { exp: '9999999999' } })],
    ['scope as text', (parts) => forge(parts, { payload: { scope: 'neb_api' } })],
    ['no credential', (parts) => forge(parts, { payload: { credential: undefined } })],
    ['an unknown credential', (parts) => forge(parts, { payload: { credential: 'crd_x' } })],
    [
      'an altered payload',
      ({ token }) => {
        const [header, , signature] = token.split('.');
        const payload = JSON.stringify({ ...decodeJwt(token), scope: ['neb_api', 'admin'] });
        return [header, Buffer.from(payload).toString('base64url'), signature].join('.');
      },
    ],
    [
      'an altered signature',
      ({ token }) => token.slice(0, -20) + (token.at(-20) === 'A' ? 'B' : 'A') + token.slice(-19),
    ],
    ['a last letter that says the same', ({ token }) => token.slice(0, -1) + nextLetter(token.at(-1) ?? '')],
    ['a giant', (parts) => forge(parts, { payload: { filler: 'x'.repeat(8192) } })],
  ];

  let parts: Parts;
  beforeAll(async () => {
    parts = await temporaryTokens();
  });
  afterAll(() => parts[Symbol.asyncDispose]());

  test.each(attacks)('%s is refused', async (_what, attack) => {
    const attempt = await attack(parts);
    expect(await parts.tokens.verify(attempt)).toEqual({ kind: 'invalid' });
    expect(await parts.tokens.verify(attempt)).toEqual({ kind: 'invalid' });
    expect((await parts.tokens.verify(parts.token)).kind).toBe('valid');
  });
});

async function forgeWith(parts: Parts, alg: string): Promise<string> {
  const jwk = (await parts.keys.current()).privateKey;
  return new SignJWT(decodeJwt(parts.token))
    .setProtectedHeader({ alg, kid: (await parts.keys.current()).kid, typ: 'at+jwt' })
    .sign(jwk);
}

/** The last letter of a 256 byte signature has four bits that belong to no byte. */
function nextLetter(letter: string): string {
  return String.fromCharCode(letter.charCodeAt(0) + 1);
}
