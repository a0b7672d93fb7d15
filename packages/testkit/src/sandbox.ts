/** The sandbox's published credentials, as the README prints them. */
export const SANDBOX = {
  clientId: '5a4db0c5-0000-4000-8000-000000000001',
  clientSecret: 'vidimus-sandbox-secret',
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

/** Asks SSN Details for a number. */
export function ssnDetails(
  url: string,
  token: string,
  cpr: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(`${url}/op/api/v1/ssn-details`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ Cpr: cpr }),
  });
}
