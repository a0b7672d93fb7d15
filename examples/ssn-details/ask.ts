// Asks SSN Details about a CPR number, with nothing but fetch:
//   echo 1307610015 | node examples/ssn-details/ask.ts
import { text } from 'node:stream/consumers';

const url = process.env['VIDIMUS_URL'] ?? 'http://127.0.0.1:8080';
const clientId = process.env['VIDIMUS_CLIENT_ID'] ?? '5a4db0c5-0000-4000-8000-000000000001';
const clientSecret = process.env['VIDIMUS_CLIENT_SECRET'] ?? 'vidimus-sandbox-secret';

/** Good for an hour: keep it, and get the next one a minute before it ends. */
async function serviceToken(): Promise<string> {
  const answer = await fetch(`${url}/op/connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      scope: 'neb_api',
    }),
  });
  if (!answer.ok) throw new Error(`No token: ${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as { access_token: string }).access_token;
}

async function ask(cpr: string): Promise<string> {
  const answer = await fetch(`${url}/op/api/v1/ssn-details`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await serviceToken()}`, 'content-type': 'application/json' },
    body: JSON.stringify({ Cpr: cpr }),
    signal: AbortSignal.timeout(5_000),
  });
  const body = (await answer.json()) as Readonly<Record<string, string>>;
  // 400: the number is unknown, which counts, or no number. 429: the account is blocked, or too fast. Neither is
  // better for being asked again at once.
  if (!answer.ok) return `refused with ${answer.status}: ${body['errorMessage']}`;
  if (body['ssn.details.status'] !== 'success') return 'the register cannot be asked now; try again later';
  if (body['ssn.details.name_address_protected'] === 'true') return 'known; name and address are protected';
  const name = ['given_name', 'middle_name', 'surname'].map((part) => body[`ssn.details.${part}`]);
  return `${body['ssn.details.person_status']}: ${name.filter((part) => part !== undefined).join(' ')}`;
}

process.stdout.write(`${await ask((await text(process.stdin)).trim())}\n`);
