import { startServer, type TestServer, vidimus } from '@vidimus/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, clientOf, type Json, PURPOSE } from './vidimus/client.ts';

let server: TestServer;
let client: Client;
beforeAll(async () => {
  server = await startServer();
  client = await clientOf(server.url);
});
afterAll(() => server.stop());

const POUL = ['--first-names', 'Poul', '--last-name', 'Jensen'];
const JOHN = ['--first-name', 'John', '--last-name', 'Doe'];
const DATE = ['--date-of-birth', '1961-07-14'];
const LINE = 'Industrivænget 4, 9000 Aalborg';
const PARTS = ['--street', 'Industrivænget', '--postal-code', '9000'];
const poul = { given: 'Poul', surname: 'Jensen' };
const john = { given: 'John', surname: 'Doe' };

/** A command, the number that it reads, and the same question over HTTP. */
const QUESTIONS: readonly (readonly [command: string[], number: string, path: string, body: object])[] = [
  [['lookup', 'cpr'], '1307610015', '/lookups', {}],
  [['lookup', 'cpr'], '0701614011', '/lookups', {}],
  [['lookup', 'ssn'], '123-45-6789', '/lookups', {}],
  [['validate', 'cpr', ...POUL], '1307610015', '/verifications', poul],
  [
    ['validate', 'cpr', ...POUL, '--address', LINE, ...DATE],
    '1307610015',
    '/verifications',
    { ...poul, address: LINE, dateOfBirth: '1961-07-14' },
  ],
  [
    ['validate', 'cpr', ...POUL, ...PARTS],
    '1307610015',
    '/verifications',
    { ...poul, address: { road: 'Industrivænget', postcode: '9000' } },
  ],
  [['verify', 'ssn', ...JOHN], '123-45-6789', '/verifications', john],
  [
    ['verify', 'ssn', ...JOHN, '--middle-name', 'Q', ...DATE],
    '123-45-6789',
    '/verifications',
    { ...john, middle: 'Q', dateOfBirth: '1961-07-14' },
  ],
];

const flags = () => ['--account', 'sandbox', '--json', '--sandbox', '--data', server.folder];

/** A document without what every answer has of its own. */
function lasting(document: Json): object {
  return { ...document, recordId: '', answeredAt: '' };
}

test.each(QUESTIONS)('%j about %s gives the document of %s', async (command, number, path, body) => {
  const [register] = command.slice(1);
  const over = (await client.post(path, { register, number, ...body, ...PURPOSE })).json;
  const { stdout } = await vidimus([...command, ...flags()], { stdin: `${number}\n` });
  expect(lasting(JSON.parse(stdout) as Json)).toEqual(lasting(over));
});

test('explain gives the explanation of a verification over HTTP', async () => {
  const question = { register: 'cpr', number: '1307610015', ...poul, ...PURPOSE };
  const { recordId, explanation } = (await client.post('/verifications', question)).json;
  const { stdout } = await vidimus(['explain', recordId, ...flags()]);
  expect(JSON.parse(stdout)).toMatchObject({ recordId, explanation });
});

test('an address is one line or parts, not both', async () => {
  const both = ['validate', 'cpr', ...POUL, ...PARTS, '--address', LINE, ...flags()];
  expect((await vidimus(both, { stdin: '1307610015\n' })).exit).toBe(2);
});
