/** The sandbox's published credentials, as the README prints them. */
export const SANDBOX = {
  clientId: '5a4db0c5-0000-4000-8000-000000000001',
  clientSecret: 'vidimus-sandbox-secret',
  apiKey: 'vidimus-sandbox-key',
  appId: 'sandbox',
  appKey: 'vidimus-sandbox-app-key',
} as const;

/** Gets a service token with client id and secret in the body. */
export async function serviceToken(
  url: string,
  client: { readonly clientId: string; readonly clientSecret: string } = SANDBOX,
): Promise<string> {
  const answer = await fetch(`${url}/op/connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: client.clientId,
      client_secret: client.clientSecret,
    }),
  });
  const { access_token } = (await answer.json()) as { access_token?: string };
  if (access_token === undefined) throw new Error(`No token: ${answer.status}`);
  return access_token;
}

type Headers = Readonly<Record<string, string>>;

function post(url: string, body: unknown, headers: Headers): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' || body instanceof Uint8Array ? (body as string) : JSON.stringify(body),
  });
}

/** Asks SSN Details for a number. */
export function ssnDetails(
  url: string,
  token: string,
  cpr: string,
  headers: Headers = {},
): Promise<Response> {
  return post(`${url}/op/api/v1/ssn-details`, { Cpr: cpr }, { authorization: `Bearer ${token}`, ...headers });
}

/** Asks the CPR surface; `path` stands below `/api`, a text or bytes are sent as they are. */
export function cprApi(url: string, path: string, body: unknown, headers: Headers = {}): Promise<Response> {
  return post(`${url}/api${path}`, body, { 'x-api-key': SANDBOX.apiKey, ...headers });
}

/** Asks SSN verification; a text or bytes are sent as they are. */
export function ssnVerification(url: string, body: unknown, headers: Headers = {}): Promise<Response> {
  return post(`${url}/v1/ssnVerification`, body, {
    appid: SANDBOX.appId,
    appkey: SANDBOX.appKey,
    ...headers,
  });
}
