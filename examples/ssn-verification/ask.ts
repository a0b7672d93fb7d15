// Verifies a name for a Social Security number, with nothing but fetch:
//   echo 123-45-6789 | node examples/ssn-verification/ask.ts John Doe
import { text } from 'node:stream/consumers';

const url = process.env['VIDIMUS_URL'] ?? 'http://127.0.0.1:8080';
const appId = process.env['VIDIMUS_APP_ID'] ?? 'sandbox';
const appKey = process.env['VIDIMUS_APP_KEY'] ?? 'vidimus-sandbox-app-key';

const MEANINGS = {
  fullMatch: 'both names fit',
  partialMatch: 'something of the names fits; look at it',
  noMatch: 'somebody else holds this number',
  deceased: 'the holder is reported dead',
  notFound: 'the register does not hold this number',
  invalidFormat: 'no such number was ever issued',
} as const;

interface Answer {
  readonly result?: { readonly details: { readonly ssnMatch: keyof typeof MEANINGS } };
  readonly error?: string;
  readonly message?: string;
}

async function verify(firstName: string, lastName: string, ssn: string): Promise<string> {
  const answer = await fetch(`${url}/v1/ssnVerification`, {
    method: 'POST',
    headers: { appid: appId, appkey: appKey, 'content-type': 'application/json' },
    body: JSON.stringify({ firstName, lastName, ssn }),
    signal: AbortSignal.timeout(5_000),
  });
  const { result, error, message } = (await answer.json()) as Answer;
  return result === undefined
    ? `refused with ${answer.status}: ${error ?? message}`
    : `${result.details.ssnMatch}: ${MEANINGS[result.details.ssnMatch]}`;
}

const [firstName = 'John', lastName = 'Doe'] = process.argv.slice(2);
process.stdout.write(`${await verify(firstName, lastName, (await text(process.stdin)).trim())}\n`);
