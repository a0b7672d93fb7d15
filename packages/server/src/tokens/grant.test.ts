import { generateKeyPairSync } from 'node:crypto';
import { decodeJwt, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SettingsWish } from '../accounts/settings.ts';
import { temporaryAccounts } from '../accounts/temporary-accounts.fixture.ts';
import { ASSERTION_TYPE } from './client-assertion.ts';
import { openTokens } from './open-tokens.ts';
import type { TokenRequest } from './token-request.ts';

const ISSUER = 'https://vidimus.example/op';
const signing = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const accounts = await temporaryAccounts();
const tokens = openTokens({
  control: accounts.folder.control,
  keyring: accounts.folder.keyring,
  directory: accounts.directory,
  issuer: () => ISSUER,
  clock: accounts.clock,
});

async function client(name: string, wish: SettingsWish = {}) {
  const { oauth } = await accounts.book.add(name, wish);
  await accounts.directory.refresh();
  return { client_id: oauth.clientId, client_secret: oauth.clientSecret ?? '' };
}

function basic(id: string, secret: string): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
}

let acme: { client_id: string; client_secret: string };
let signer: string;
let narrow: typeof acme;

beforeAll(async () => {
  acme = await client('acme');
  narrow = await client('narrow', { capabilities: ['cpr'] });
  const jwks = { keys: [signing.publicKey.export({ format: 'jwk' })] };
  signer = (await accounts.book.add('signer', { jwks })).oauth.clientId;
  await accounts.directory.refresh();
});
afterAll(() => accounts[Symbol.asyncDispose]());

async function answer(request: TokenRequest, authorization?: string): Promise<string> {
  const outcome = await tokens.grant({ grant_type: 'client_credentials', ...request }, authorization);
  return outcome.kind === 'granted' ? outcome.body.scope : outcome.error;
}

function assertion(jti: string): Promise<string> {
  const exp = accounts.time.now / 1000 + 60;
  return new SignJWT({ iss: signer, sub: signer, aud: ISSUER, exp, jti })
    .setProtectedHeader({ alg: 'ES256' })
    .sign(signing.privateKey);
}

describe('client credentials grant', () => {
  test('answers in the broker’s order, and the token says what the answer says', async () => {
    const outcome = await tokens.grant({ grant_type: 'client_credentials', ...acme }, undefined);
    if (outcome.kind !== 'granted') throw new Error(outcome.error);
    expect(Object.keys(outcome.body)).toEqual(['access_token', 'expires_in', 'token_type', 'scope']);
    expect(outcome.body).toMatchObject({ expires_in: 3600, token_type: 'Bearer', scope: 'neb_api' });
    expect(decodeJwt(outcome.body.access_token)).toMatchObject({
      iss: ISSUER,
      scope: ['neb_api'],
      client_id: acme.client_id,
    });
    const reading = await tokens.verify(outcome.body.access_token);
    expect(reading).toMatchObject({
      kind: 'valid',
      caller: { account: { name: 'acme' } },
      scopes: ['neb_api'],
    });
  });

  test('scopes: all that the client may have, or those asked for, each of which it must have', async () => {
    expect(await answer({ ...acme, scope: 'neb_api' })).toBe('neb_api');
    expect(await answer({ ...acme, scope: 'neb_api  neb_api' })).toBe('neb_api');
    expect(await answer({ ...acme, scope: 'neb_api signtext_api' })).toBe('invalid_scope');
    expect(await answer({ ...acme, scope: 'NEB_API' })).toBe('invalid_scope');
    expect(await answer({ ...acme, scope: ' ' })).toBe('invalid_scope');
    expect(await answer({ ...acme, scope: 'neb_api"' })).toBe('invalid_scope');
    expect(await answer({ ...narrow, scope: 'neb_api' })).toBe('invalid_scope');
    expect(await answer(narrow)).toBe('');
  });

  test('each of the three methods proves a client', async () => {
    const { client_id: id, client_secret: secret } = acme;
    expect(await answer({}, basic(id, secret))).toBe('neb_api');
    expect(await answer({ client_id: id }, basic(id, secret))).toBe('neb_api');
    expect(
      await answer({ client_assertion_type: ASSERTION_TYPE, client_assertion: await assertion('1') }),
    ).toBe('neb_api');
    const named = {
      client_id: signer,
      client_assertion_type: ASSERTION_TYPE,
      client_assertion: await assertion('2'),
    };
    expect(await answer(named)).toBe('neb_api');
  });

  test('nobody, somebody unknown, and a wrong secret are the same', async () => {
    const { client_id: id, client_secret: secret } = acme;
    expect(await answer({})).toBe('invalid_client');
    expect(await answer({ client_id: id })).toBe('invalid_client');
    expect(await answer({ client_secret: secret })).toBe('invalid_client');
    expect(await answer({ client_id: id, client_secret: `${secret}x` })).toBe('invalid_client');
    expect(await answer({ client_id: 'unknown', client_secret: secret })).toBe('invalid_client');
    expect(await answer({ client_id: signer, client_secret: secret })).toBe('invalid_client');
    expect(await answer({}, basic(id, 'wrong'))).toBe('invalid_client');
    expect(await answer({}, 'Basic nonsense')).toBe('invalid_client');
    expect(await answer({}, `Bearer ${secret}`)).toBe('invalid_client');
    expect(await answer({ client_assertion_type: ASSERTION_TYPE, client_assertion: 'x' })).toBe(
      'invalid_client',
    );
    expect(await answer({ client_assertion_type: 'urn:saml', client_assertion: await assertion('3') })).toBe(
      'invalid_client',
    );
  });

  test('two methods at once, halves of a method, and another client id beside a header are no request', async () => {
    const { client_id: id, client_secret: secret } = acme;
    expect(await answer(acme, basic(id, secret))).toBe('invalid_request');
    const proof = { client_assertion_type: ASSERTION_TYPE, client_assertion: await assertion('4') };
    expect(await answer({ ...acme, ...proof })).toBe('invalid_request');
    expect(await answer(proof, basic(id, secret))).toBe('invalid_request');
    expect(await answer({ client_assertion: await assertion('5') })).toBe('invalid_request');
    expect(await answer({ client_assertion_type: ASSERTION_TYPE })).toBe('invalid_request');
    expect(await answer({ client_id: signer }, basic(id, secret))).toBe('invalid_request');
    expect(await tokens.grant({ ...acme }, undefined)).toEqual({ kind: 'refused', error: 'invalid_request' });
  });

  test('the client is looked at before the grant type, and the grant type before the scope', async () => {
    expect(await answer({ client_id: 'unknown', client_secret: 'x', grant_type: 'password' })).toBe(
      'invalid_client',
    );
    for (const grant of ['password', 'authorization_code', 'refresh_token', 'Client_Credentials']) {
      expect(await answer({ ...acme, grant_type: grant, scope: 'unknown' })).toBe('unsupported_grant_type');
    }
  });

  test('a disabled account gets no token', async () => {
    const gone = await client('gone');
    expect(await answer(gone)).toBe('neb_api');
    await accounts.book.disable('gone');
    await accounts.directory.refresh();
    expect(await answer(gone)).toBe('invalid_client');
  });
});
