import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import * as oauth from 'oauth4webapi';
import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryAccounts } from '../../accounts/temporary-accounts.fixture.ts';
import { openHttp } from '../../http/open-http.ts';
import { openTokens, type Tokens } from '../../tokens/open-tokens.ts';
import { oauthRoutes } from './oauth-routes.ts';

const accounts = await temporaryAccounts();
const http = openHttp();
const signing = generateKeyPairSync('rsa', { modulusLength: 2048 });
let tokens: Tokens;
let issuer = '';
let withSecret: { clientId: string; clientSecret: string };
let withKey: string;
let privateKey: oauth.CryptoKey;

beforeAll(async () => {
  const { folder, directory, book } = accounts;
  // Both libraries make assertions by the clock on the wall.
  accounts.time.now = Date.now();
  tokens = openTokens({ ...folder, directory, clock: () => Date.now(), issuer: () => issuer });
  await http.register(oauthRoutes({ tokens }), { prefix: '/op' });
  await http.listen({ port: 0, host: '127.0.0.1' });
  issuer = `http://127.0.0.1:${(http.server.address() as AddressInfo).port}/op`;

  const secret = (await book.add('with a secret')).oauth;
  withSecret = { clientId: secret.clientId, clientSecret: secret.clientSecret ?? '' };
  const jwks = { keys: [signing.publicKey.export({ format: 'jwk' })] };
  withKey = (await book.add('with a key', { jwks })).oauth.clientId;
  await directory.refresh();
  privateKey = await importForSigning(signing.privateKey);
});

afterAll(async () => {
  await http.close();
  await accounts[Symbol.asyncDispose]();
});

describe('openid-client', () => {
  const methods: readonly [string, () => [string, client.ClientAuth]][] = [
    ['client_secret_basic', () => [withSecret.clientId, client.ClientSecretBasic(withSecret.clientSecret)]],
    ['client_secret_post', () => [withSecret.clientId, client.ClientSecretPost(withSecret.clientSecret)]],
    ['private_key_jwt', () => [withKey, client.PrivateKeyJwt(privateKey)]],
  ];

  test.each(methods)('gets a token by %s', async (_method, choose) => {
    const [id, authentication] = choose();
    const config = await client.discovery(new URL(issuer), id, undefined, authentication, {
      execute: [client.allowInsecureRequests],
    });
    const answer = await client.clientCredentialsGrant(config, { scope: 'neb_api' });
    expect(answer).toMatchObject({ token_type: 'bearer', expires_in: 3600, scope: 'neb_api' });
    expect((await tokens.verify(answer.access_token)).kind).toBe('valid');
  });

  test('is told that a client is unknown', async () => {
    const config = await client.discovery(new URL(issuer), 'unknown', 'secret', undefined, {
      execute: [client.allowInsecureRequests],
    });
    await expect(client.clientCredentialsGrant(config)).rejects.toMatchObject({
      error: 'invalid_client',
      status: 400,
    });
  });
});

describe('oauth4webapi', () => {
  const insecure = { [oauth.allowInsecureRequests]: true };
  const methods: readonly [string, () => [string, oauth.ClientAuth]][] = [
    ['client_secret_basic', () => [withSecret.clientId, oauth.ClientSecretBasic(withSecret.clientSecret)]],
    ['client_secret_post', () => [withSecret.clientId, oauth.ClientSecretPost(withSecret.clientSecret)]],
    ['private_key_jwt', () => [withKey, oauth.PrivateKeyJwt(privateKey)]],
  ];

  test.each(methods)('gets a token by %s', async (_method, choose) => {
    const [id, authentication] = choose();
    const found = await oauth.discoveryRequest(new URL(issuer), insecure);
    const server = await oauth.processDiscoveryResponse(new URL(issuer), found);
    const sent = await oauth.clientCredentialsGrantRequest(
      server,
      { client_id: id },
      authentication,
      {},
      insecure,
    );
    const answer = await oauth.processClientCredentialsResponse(server, { client_id: id }, sent);
    expect(answer).toMatchObject({ token_type: 'bearer', expires_in: 3600, scope: 'neb_api' });
    expect((await tokens.verify(answer.access_token)).kind).toBe('valid');
  });
});

function importForSigning(key: KeyObject): Promise<oauth.CryptoKey> {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const pkcs8 = key.export({ format: 'der', type: 'pkcs8' });
  return crypto.subtle.importKey('pkcs8', new Uint8Array(pkcs8), algorithm, false, ['sign']);
}
