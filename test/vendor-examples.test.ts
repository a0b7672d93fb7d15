import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { REPOSITORY, serviceToken, startServer, type TestServer } from '@vidimus/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** The requests that Nets eID Broker's document shows, with host and credentials replaced and nothing else. */
const EXAMPLES = join(REPOSITORY, 'packages/server/src/surfaces/ssn-details/examples');
const DOCUMENTED_HOST = 'https://pp.netseidbroker.dk/op/';

let server: TestServer;
let token: string;
beforeAll(async () => {
  server = await startServer();
  token = await serviceToken(server.url);
});
afterAll(() => server.stop());

interface Answer {
  readonly status: number | undefined;
  readonly type: string | undefined;
  readonly body: string;
}

/** Sends what the example shows: no content type, body as it stands. */
function replay(name: string): Promise<Answer> {
  const [head = '', body = ''] = readFileSync(join(EXAMPLES, name), 'utf8').split('\n\n');
  const [line = '', ...headerLines] = head.split('\n');
  const [method = '', path = ''] = line.split(' ');
  const headers = Object.fromEntries(headerLines.map((header) => header.split(': ', 2) as [string, string]));
  expect(headers['Host']).toBe(DOCUMENTED_HOST);
  const sent = {
    Authorization: (headers['Authorization'] ?? '').replace('{Your_Service_Token}', token),
    'Content-Length': Buffer.byteLength(body),
  };
  return new Promise((resolve, reject) => {
    const asked = request(`${server.url}/op${path}`, {
      method,
      headers: sent,
    });
    asked.on('error', reject);
    asked.on('response', (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      answer.on('end', () =>
        resolve({ status: answer.statusCode, type: answer.headers['content-type'], body: text }),
      );
    });
    asked.end(body);
  });
}

const JSON_TYPE = 'application/json; charset=utf-8';

test('the placeholder number of the first example is no date, so it is invalid and does not count', async () => {
  expect(await replay('known-number.http')).toEqual({
    status: 400,
    type: JSON_TYPE,
    body: '{"errorMessage":"Invalid Cpr parameter"}',
  });
});

test('the unknown number: five times the documented 400, then the documented 429', async () => {
  for (let failure = 1; failure <= 5; failure += 1) {
    expect(await replay('unknown-number.http')).toEqual({
      status: 400,
      type: JSON_TYPE,
      body: '{"errorMessage":"Failed to lookup CPR. You have a maximum of 5 failed CPR requests within 24 hours."}',
    });
  }
  const documented =
    '{"errorMessage":"Too many requests with invalid CPR numbers. Expired until: 2024-11-15T13:14:08.2277904+00:00"}';
  const sixth = await replay('unknown-number.http');
  expect(sixth.status).toBe(429);
  expect(sixth.body.replace(/\d(?=[\d\-T:.]*\+)/g, '0')).toBe(documented.replace(/\d(?=[\d\-T:.]*\+)/g, '0'));
});
