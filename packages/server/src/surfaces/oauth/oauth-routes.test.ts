import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import swagger from '@fastify/swagger';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertCredential } from '../../accounts/credential-rows.ts';
import { newOauth } from '../../accounts/new-credential.ts';
import { temporaryAccounts } from '../../accounts/temporary-accounts.fixture.ts';
import { Failure } from '../../failure.ts';
import { openHttp } from '../../http/open-http.ts';
import { openTokens, type Tokens } from '../../tokens/open-tokens.ts';
import { oauthRoutes } from './oauth-routes.ts';

const FORM = 'application/x-www-form-urlencoded';
const SECRET = 'a+b/c=d:e%20f g%é==';

const accounts = await temporaryAccounts();
const http = openHttp();
let base = '';
let trouble: Error | null = null;
let acme: { client_id: string; client_secret: string };
let odd: string;

beforeAll(async () => {
  const { folder, directory, book, clock } = accounts;
  const tokens = openTokens({ ...folder, directory, clock, issuer: () => base });
  const troubled: Tokens = {
    ...tokens,
    grant: (...request) => (trouble === null ? tokens.grant(...request) : Promise.reject(trouble)),
  };
  await http.register(
    async (scope) => {
      await scope.register(swagger, { openapi: { openapi: '3.1.0' } });
      await scope.register(oauthRoutes({ tokens: troubled }));
      scope.get('/openapi.json', () => scope.swagger());
    },
    { prefix: '/op' },
  );
  await http.listen({ port: 0, host: '127.0.0.1' });
  base = `http://127.0.0.1:${(http.server.address() as AddressInfo).port}/op`;

  const { account, oauth } = await book.add('acme');
  acme = { client_id: oauth.clientId, client_secret: oauth.clientSecret ?? '' };
  const { publicId, kind, proof } = newOauth(folder.keyring, null, undefined, SECRET);
  odd = publicId;
  const times = { createdAt: clock(), expiresAt: null, revokedAt: null };
  await insertCredential(folder.control, {
    id: 'crd_odd',
    account: account.id,
    kind,
    publicId,
    proof,
    ...times,
  });
  await directory.refresh();
});

afterAll(async () => {
  await http.close();
  await accounts[Symbol.asyncDispose]();
});

function post(
  body: string | Uint8Array<ArrayBuffer> | null,
  headers: Record<string, string> = { 'content-type': FORM },
) {
  return fetch(`${base}/connect/token`, { method: 'POST', headers, body });
}

function form(parameters: Record<string, string>): string {
  return new URLSearchParams(parameters).toString();
}

describe('POST /op/connect/token', () => {
  test('answers the broker’s bytes', async () => {
    const response = await post(form({ grant_type: 'client_credentials', ...acme, scope: 'neb_api' }));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('pragma')).toBe('no-cache');
    expect(await response.text()).toMatch(
      /^\{"access_token":"[\w-]+\.[\w-]+\.[\w-]+","expires_in":3600,"token_type":"Bearer","scope":"neb_api"\}$/,
    );
  });

  test('takes a media type with parameters, empty parameters as left out, and unknown ones', async () => {
    const body = `${form({ grant_type: 'client_credentials', ...acme })}&scope=&audience=us`;
    const response = await post(body, { 'content-type': `${FORM}; charset=UTF-8` });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ scope: 'neb_api' });
  });

  const good = () => form({ grant_type: 'client_credentials', ...acme });
  const refusals: readonly [string, string, () => Promise<Response>][] = [
    ['no body', 'invalid_request', () => post(null)],
    ['no body and no media type', 'invalid_request', () => post(null, {})],
    ['no grant type', 'invalid_request', () => post(form(acme))],
    ['an empty grant type', 'invalid_request', () => post(form({ ...acme, grant_type: '' }))],
    ['a repeated parameter', 'invalid_request', () => post(`${good()}&grant_type=client_credentials`)],
    [
      'JSON',
      'invalid_request',
      () => post(JSON.stringify({ grant_type: 'client_credentials', ...acme }), json),
    ],
    [
      'JSON called a form',
      'invalid_request',
      () => post(JSON.stringify({ grant_type: 'client_credentials' })),
    ],
    ['a form called text', 'invalid_request', () => post(good(), { 'content-type': 'text/plain' })],
    [
      'a multipart form',
      'invalid_request',
      () => post(good(), { 'content-type': 'multipart/form-data; boundary=x' }),
    ],
    [
      'broken UTF-8',
      'invalid_request',
      () => post(Buffer.concat([Buffer.from(`${good()}&x=`), Buffer.from([0xff])])),
    ],
    ['a body over 16 KiB', 'invalid_request', () => post(`${good()}&x=${'y'.repeat(17_000)}`)],
    [
      'an unknown client',
      'invalid_client',
      () => post(form({ grant_type: 'client_credentials', client_id: 'x', client_secret: 'y' })),
    ],
    [
      'a wrong secret',
      'invalid_client',
      () => post(form({ grant_type: 'client_credentials', ...acme, client_secret: 'y' })),
    ],
    ['no client', 'invalid_client', () => post('grant_type=client_credentials')],
    ['an unknown scope', 'invalid_scope', () => post(`${good()}&scope=openid`)],
    ['another grant', 'unsupported_grant_type', () => post(form({ grant_type: 'password', ...acme }))],
    [
      'credentials in the address',
      'invalid_request',
      () => fetch(`${base}/connect/token?${good()}`, { method: 'POST' }),
    ],
  ];

  test.each(refusals)('%s: %s', async (_what, error, send) => {
    const response = await send();
    expect(response.status).toBe(400);
    expect(await response.text()).toBe(`{"error":"${error}"}`);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('pragma')).toBe('no-cache');
    expect(response.headers.get('www-authenticate')).toBeNull();
  });

  test('Basic credentials hold encoded and raw, also with + / = : % in the secret', async () => {
    const encoded = (text: string) => encodeURIComponent(text).replaceAll('%20', '+');
    for (const pair of [
      `${odd}:${SECRET}`,
      `${odd}:${encodeURIComponent(SECRET)}`,
      `${odd}:${encoded(SECRET)}`,
    ]) {
      const authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
      const response = await post('grant_type=client_credentials', { 'content-type': FORM, authorization });
      expect([pair, response.status]).toEqual([pair, 200]);
    }
    expect(
      (await post(form({ grant_type: 'client_credentials', client_id: odd, client_secret: SECRET }))).status,
    ).toBe(200);
  });

  test('two Authorization headers are not two tries', async () => {
    const wrong = `Basic ${Buffer.from(`${odd}:wrong`).toString('base64')}`;
    const right = `Basic ${Buffer.from(`${odd}:${SECRET}`).toString('base64')}`;
    const status = await new Promise((resolve, reject) => {
      const headers = ['content-type', FORM, 'authorization', wrong, 'authorization', right];
      const sent = httpRequest(`${base}/connect/token`, { method: 'POST', headers }, (got) => {
        got.resume();
        resolve(got.statusCode);
      });
      sent.on('error', reject).end('grant_type=client_credentials');
    });
    expect(status).toBe(400);
  });

  test('lost infrastructure is not the client’s fault, and says nothing about itself', async () => {
    trouble = new Failure('storage-busy', 'control.db');
    const busy = await post(good());
    trouble = new Error('secret detail');
    const broken = await post(good());
    trouble = null;
    expect([busy.status, await busy.text()]).toEqual([503, '{"error":"temporarily_unavailable"}']);
    expect([broken.status, await broken.text()]).toEqual([500, '{"error":"server_error"}']);
  });
});

describe('GET /op/.well-known/openid-configuration', () => {
  test('names what is served and nothing else', async () => {
    const response = await fetch(`${base}/.well-known/openid-configuration`);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const algorithms = '["RS256","RS384","RS512","PS256","PS384","PS512","ES256","ES384","ES512"]';
    expect(await response.text()).toBe(
      `{"issuer":"${base}","jwks_uri":"${base}/.well-known/openid-configuration/jwks",` +
        `"token_endpoint":"${base}/connect/token","grant_types_supported":["client_credentials"],` +
        '"token_endpoint_auth_methods_supported":["client_secret_basic","client_secret_post","private_key_jwt"],' +
        `"token_endpoint_auth_signing_alg_values_supported":${algorithms}}`,
    );
  });

  test('the keys are public, and there are two during a rotation', async () => {
    const { folder, directory } = await accounts.openAgain();
    const elsewhere = openTokens({
      ...folder,
      directory,
      issuer: () => base,
      clock: accounts.clock,
    });
    await elsewhere.keys.rotate();
    const response = await fetch(`${base}/.well-known/openid-configuration/jwks`);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const { keys } = (await response.json()) as { keys: object[] };
    expect(keys.map((key) => Object.keys(key))).toEqual([
      ['kty', 'use', 'kid', 'e', 'n'],
      ['kty', 'use', 'kid', 'e', 'n'],
    ]);
  });
});

describe('beside the contract', () => {
  const paths = [
    ['/connect/token', 'POST'],
    ['/.well-known/openid-configuration', 'GET'],
    ['/.well-known/openid-configuration/jwks', 'GET'],
  ] as const;

  test.each(paths)('%s allows only %s', async (path, allowed) => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].filter(
      (one) => one !== allowed,
    )) {
      const body = method === 'GET' || method === 'OPTIONS' ? {} : { body: '{', headers: json };
      const response = await fetch(base + path, { method, ...body });
      expect([method, response.status, response.headers.get('allow')]).toEqual([method, 405, allowed]);
      expect(await response.text()).toBe('{"error":"invalid_request"}');
    }
  });

  test('all three routes are documented', async () => {
    const document = (await (await fetch(`${base}/openapi.json`)).json()) as {
      paths: Record<string, Record<string, { requestBody?: { content: object } }>>;
    };
    for (const [path, method] of paths) {
      expect(document.paths[`/op${path}`]?.[method.toLowerCase()]).toMatchObject({
        tags: ['Tokens'],
        summary: expect.any(String),
      });
    }
    const content = document.paths['/op/connect/token']?.['post']?.requestBody?.content ?? {};
    expect(Object.keys(content)).toEqual([FORM]);
  });
});

const json = { 'content-type': 'application/json' };
