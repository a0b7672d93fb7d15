import { createHmac, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { temporaryAccounts } from '../accounts/temporary-accounts.fixture.ts';
import { ASSERTION_ALGORITHMS, checkAssertion } from './client-assertion.ts';
import { openUsedAssertions } from './used-assertions.ts';

const ISSUER = 'https://vidimus.example/op';
const ENDPOINT = `${ISSUER}/connect/token`;

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const curves = ['P-256', 'P-384', 'P-521'].map((namedCurve) => generateKeyPairSync('ec', { namedCurve }));
const publicJwk = (key: KeyObject) => key.export({ format: 'jwk' });

async function temporaryClient(
  keys: readonly object[] = [rsa, ...curves].map(({ publicKey }) => publicJwk(publicKey)),
) {
  const accounts = await temporaryAccounts();
  const { book, directory, folder, clock, time } = accounts;
  const { oauth, account } = await book.add('acme', { jwks: { keys } });
  await directory.refresh();
  const parts = {
    audiences: () => [ISSUER, ENDPOINT],
    directory,
    used: openUsedAssertions(folder.control),
    clock,
  };
  const { clientId } = oauth;
  const make = (
    change: Claims = {},
    header: Record<string, unknown> = {},
    key: KeyObject = rsa.privateKey,
  ) => {
    const now = time.now / 1000;
    const claims = { iss: clientId, sub: clientId, aud: ISSUER, iat: now, exp: now + 120, jti: randomUUID() };
    return new SignJWT({ ...claims, ...change }).setProtectedHeader({ alg: 'RS256', ...header }).sign(key);
  };
  const check = (assertion: string, expected?: string) => checkAssertion(assertion, expected, parts);
  return {
    ...accounts,
    account,
    clientId,
    make,
    check,
    parts,
  };
}

/** Claims of any type, for what a client should not send. */
type Claims = Record<string, unknown>;
type Client = Awaited<ReturnType<typeof temporaryClient>>;

describe('client assertion', () => {
  test.each(ASSERTION_ALGORITHMS)('signed with %s proves the client', async (alg) => {
    await using client = await temporaryClient();
    const curve = { ES256: curves[0], ES384: curves[1], ES512: curves[2] }[alg as 'ES256'];
    const assertion = await client.make({}, { alg }, (curve ?? rsa).privateKey);
    expect(await client.check(assertion, client.clientId)).toMatchObject({
      kind: 'proven',
      clientId: client.clientId,
      caller: { account: client.account, kind: 'oauth' },
    });
  });

  test('is good once, in all processes', async () => {
    await using client = await temporaryClient();
    const assertion = await client.make();
    expect((await client.check(assertion)).kind).toBe('proven');
    expect((await client.check(assertion)).kind).toBe('refused');
    const { folder, directory } = await client.openAgain();
    const elsewhere = { ...client.parts, directory, used: openUsedAssertions(folder.control) };
    expect((await checkAssertion(assertion, undefined, elsewhere)).kind).toBe('refused');
    expect((await client.check(await client.make())).kind).toBe('proven');
  });

  test('two clients may use the same jti; what is remembered is forgotten when it has expired', async () => {
    await using client = await temporaryClient();
    const count = async (of: string) => {
      const text = 'select count(*) as n from used_assertion where client = $1';
      return (await client.folder.control.get(text, of))?.['n'];
    };
    const other = (await client.book.add('other', { jwks: { keys: [publicJwk(rsa.publicKey)] } })).oauth
      .clientId;
    await client.directory.refresh();
    expect((await client.check(await client.make({ jti: 'one' }))).kind).toBe('proven');
    expect((await client.check(await client.make({ jti: 'one', iss: other, sub: other }))).kind).toBe(
      'proven',
    );
    expect([await count(client.clientId), await count(other)]).toEqual([1, 1]);
    client.time.now += 121_000;
    expect((await client.check(await client.make())).kind).toBe('proven');
    expect(await count(client.clientId)).toBe(1);
  });

  test('a forged assertion does not use up a client’s jti', async () => {
    await using client = await temporaryClient();
    const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
    expect((await client.check(await client.make({ jti: 'mine' }, {}, stranger.privateKey))).kind).toBe(
      'refused',
    );
    expect((await client.check(await client.make({ jti: 'mine' }))).kind).toBe('proven');
  });

  test('a kid chooses among the client’s keys, and none is needed', async () => {
    await using client = await temporaryClient([
      { ...publicJwk(curves[0]?.publicKey as KeyObject), kid: 'old' },
      { ...publicJwk(rsa.publicKey), kid: 'new', alg: 'RS256' },
    ]);
    expect((await client.check(await client.make({}, { kid: 'new' }))).kind).toBe('proven');
    expect((await client.check(await client.make())).kind).toBe('proven');
    expect((await client.check(await client.make({}, { kid: 'old' }))).kind).toBe('refused');
    expect((await client.check(await client.make({}, { alg: 'PS256', kid: 'new' }))).kind).toBe('refused');
  });

  const accepted: readonly [string, (now: number) => Claims][] = [
    ['the token endpoint as audience', () => ({ aud: ENDPOINT })],
    ['a list with the issuer', () => ({ aud: [ISSUER] })],
    ['a list with issuer and token endpoint', () => ({ aud: [ISSUER, ENDPOINT] })],
    ['a life of five minutes', (now) => ({ exp: now + 300 })],
    ['a life of five minutes without iat', (now) => ({ exp: now + 300, iat: undefined })],
    ['a clock that is a minute ahead', (now) => ({ iat: now + 60, nbf: now + 60, exp: now + 360 })],
    ['a clock that is a minute behind', (now) => ({ iat: now - 60, nbf: now - 60, exp: now + 60 })],
  ];
  test.each(accepted)('with %s is taken', async (_what, change) => {
    await using client = await temporaryClient();
    expect((await client.check(await client.make(change(client.time.now / 1000)))).kind).toBe('proven');
  });

  const refused: readonly [string, (client: Client, now: number) => Promise<string> | string][] = [
    ['no token', () => 'x'],
    ['another audience', ({ make }) => make({ aud: 'https://other.example' })],
    ['an audience that is not ours alone', ({ make }) => make({ aud: [ISSUER, 'https://other.example'] })],
    ['an empty list of audiences', ({ make }) => make({ aud: [] })],
    ['no audience', ({ make }) => make({ aud: undefined })],
    ['the issuer with a slash', ({ make }) => make({ aud: `${ISSUER}/` })],
    ['another subject', ({ make }) => make({ sub: 'somebody' })],
    ['no subject', ({ make }) => make({ sub: undefined })],
    ['an unknown client', ({ make }) => make({ iss: 'somebody', sub: 'somebody' })],
    ['no exp', ({ make }) => make({ exp: undefined })],
    ['an exp that is over', ({ make }, now) => make({ exp: now })],
    ['a longer life than five minutes', ({ make }, now) => make({ exp: now + 301 })],
    ['a longer life without iat', ({ make }, now) => make({ exp: now + 301, iat: undefined })],
    ['an old iat', ({ make }, now) => make({ iat: now - 600, exp: now + 60 })],
    ['an iat in the future', ({ make }, now) => make({ iat: now + 61, exp: now + 120 })],
    ['an nbf in the future', ({ make }, now) => make({ nbf: now + 61 })],
    ['an iat as text', ({ make }) => make({ iat: 'now' })],
    ['no jti', ({ make }) => make({ jti: undefined })],
    ['an empty jti', ({ make }) => make({ jti: '' })],
    ['a jti that is a number', ({ make }) => make({ jti: 7 })],
    ['a giant jti', ({ make }) => make({ jti: 'x'.repeat(257) })],
    ['a key in the header', ({ make }) => make({}, { jwk: publicJwk(rsa.publicKey) })],
    ['jku', ({ make }) => make({}, { jku: 'https://evil.example/jwks' })],
    ['x5u', ({ make }) => make({}, { x5u: 'https://evil.example/cert' })],
    ['x5c', ({ make }) => make({}, { x5c: [] })],
    ['a kid that is no text', ({ make }) => make({}, { kid: 7 })],
    ['a key that is not the client’s', ({ make }) => make({}, { alg: 'ES256' }, stranger.privateKey)],
    ['HS256 with the public key', ({ clientId }, now) => hmac(clientId, now)],
    ['alg none', ({ clientId }, now) => unsigned({ alg: 'none' }, claimsOf(clientId, now))],
  ];
  test.each(refused)('with %s is refused', async (_what, attack) => {
    await using client = await temporaryClient();
    const assertion = await attack(client, client.time.now / 1000);
    expect(await client.check(assertion)).toEqual({ kind: 'refused' });
  });

  test('of another client than the form names is refused, and stays unused', async () => {
    await using client = await temporaryClient();
    const assertion = await client.make();
    expect((await client.check(assertion, randomUUID())).kind).toBe('refused');
    expect((await client.check(assertion, client.clientId)).kind).toBe('proven');
  });

  test('of a client with a secret only is refused', async () => {
    await using client = await temporaryClient();
    const { clientId } = (await client.book.add('secretive')).oauth;
    await client.directory.refresh();
    expect((await client.check(await client.make({ iss: clientId, sub: clientId }))).kind).toBe('refused');
  });
});

const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });

function claimsOf(clientId: string, now: number): object {
  return { iss: clientId, sub: clientId, aud: ISSUER, exp: now + 60, jti: 'x' };
}

function unsigned(header: object, payload: object): string {
  return `${[header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`;
}

function hmac(clientId: string, now: number): string {
  const input = unsigned({ alg: 'HS256' }, claimsOf(clientId, now)).slice(0, -1);
  const pem = rsa.publicKey.export({ format: 'pem', type: 'spki' });
  return `${input}.${createHmac('sha256', pem).update(input).digest('base64url')}`;
}
