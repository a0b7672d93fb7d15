import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startServer, type TestServer, vidimus } from '@vidimus/testkit';
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** Clients that nobody here wrote, against a server started by the command: a token in all three ways, then a lookup. */
let server: TestServer;
let secret: { clientId: string; clientSecret: string };
let keyed: { clientId: string };
let signing: Awaited<ReturnType<typeof oauth.generateKeyPair>>;

beforeAll(async () => {
  server = await startServer();
  signing = await oauth.generateKeyPair('ES256', { extractable: true });
  const jwk = await crypto.subtle.exportKey('jwk', signing.publicKey);
  const jwks = join(server.folder, 'client.jwks.json');
  writeFileSync(jwks, JSON.stringify({ keys: [{ ...jwk, kid: 'client-key', alg: 'ES256' }] }));
  secret = (await addAccount('with a secret')).oauth as typeof secret;
  keyed = (await addAccount('with a key', '--jwks', jwks)).oauth;
});
afterAll(() => server.stop());

async function addAccount(
  name: string,
  ...flags: string[]
): Promise<{ oauth: { clientId: string; clientSecret?: string } }> {
  return JSON.parse(
    (await vidimus(['account', 'add', name, ...flags, '--json', '--data', server.folder])).stdout,
  );
}

const issuer = () => new URL(`${server.url}/op`);
const details = () => new URL(`${server.url}/op/api/v1/ssn-details`);
const BODY = '{"Cpr":"1307610015"}';

async function expectPoul(answer: Response): Promise<void> {
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ 'ssn.details.given_name': 'Poul' });
}

describe('openid-client', () => {
  async function lookUp(
    clientId: string,
    authentication: openid.ClientAuth,
    clientSecret?: string,
  ): Promise<Response> {
    const config = await openid.discovery(issuer(), clientId, clientSecret, authentication, {
      execute: [openid.allowInsecureRequests],
    });
    const { access_token, expires_in, token_type } = await openid.clientCredentialsGrant(config, {
      scope: 'neb_api',
    });
    expect({ expires_in, token_type }).toEqual({ expires_in: 3600, token_type: 'bearer' });
    const headers = new Headers({ 'content-type': 'application/json' });
    return openid.fetchProtectedResource(config, access_token, details(), 'POST', BODY, headers);
  }

  test('client_secret_post', async () => {
    await expectPoul(
      await lookUp(secret.clientId, openid.ClientSecretPost(secret.clientSecret), secret.clientSecret),
    );
  });
  test('client_secret_basic', async () => {
    await expectPoul(
      await lookUp(secret.clientId, openid.ClientSecretBasic(secret.clientSecret), secret.clientSecret),
    );
  });
  test('private_key_jwt', async () => {
    await expectPoul(
      await lookUp(keyed.clientId, openid.PrivateKeyJwt({ key: signing.privateKey, kid: 'client-key' })),
    );
  });
});

describe('oauth4webapi', () => {
  const insecure = { [oauth.allowInsecureRequests]: true };

  async function lookUp(clientId: string, authentication: oauth.ClientAuth): Promise<Response> {
    const as = await oauth.processDiscoveryResponse(
      issuer(),
      await oauth.discoveryRequest(issuer(), insecure),
    );
    const client = { client_id: clientId };
    const answer = await oauth.clientCredentialsGrantRequest(
      as,
      client,
      authentication,
      new URLSearchParams(),
      insecure,
    );
    const { access_token } = await oauth.processClientCredentialsResponse(as, client, answer);
    const headers = new Headers({ 'content-type': 'application/json' });
    return oauth.protectedResourceRequest(access_token, 'POST', details(), headers, BODY, insecure);
  }

  test('client_secret_post', async () => {
    await expectPoul(await lookUp(secret.clientId, oauth.ClientSecretPost(secret.clientSecret)));
  });
  test('client_secret_basic', async () => {
    await expectPoul(await lookUp(secret.clientId, oauth.ClientSecretBasic(secret.clientSecret)));
  });
  test('private_key_jwt', async () => {
    await expectPoul(
      await lookUp(keyed.clientId, oauth.PrivateKeyJwt({ key: signing.privateKey, kid: 'client-key' })),
    );
  });
});
