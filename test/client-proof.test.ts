import { openCpr, verifyProof } from '@vidimus/client';
import { SANDBOX_CREDENTIALS } from '@vidimus/client/sandbox';
import { startServer, type TestServer, vidimus } from '@vidimus/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

let server: TestServer;
let entry: { leaf: string; proof: string };
let vkey: string;

function run(...command: string[]) {
  return vidimus([...command, '--data', server.folder, '--json']);
}

beforeAll(async () => {
  server = await startServer();
  const client = openCpr({ url: server.url, ...SANDBOX_CREDENTIALS });
  for (const reference of ['one', 'two', 'three']) await client.lookUp({ cpr: '1307610015', reference });
  const proven = await run('audit', 'prove', '2');
  const signed = await run('audit', 'checkpoint');
  entry = JSON.parse(proven.stdout) as typeof entry;
  ({ vkey } = JSON.parse(signed.stdout) as { vkey: string });
});
afterAll(() => server.stop());

test('an entry is in the ledger of the key', async () => {
  expect(await verifyProof(entry, vkey)).toMatchObject({ kind: 'proven', index: 1, size: 3 });
});

test.each([
  ['another leaf', () => ({ ...entry, leaf: entry.leaf.replace('found', 'match') }), 'not-included'],
  ['another place', () => ({ ...entry, proof: entry.proof.replace('index 1', 'index 2') }), 'not-included'],
  ['no proof at all', () => ({ ...entry, proof: 'index 1' }), 'malformed'],
  ['no checkpoint', () => ({ ...entry, proof: entry.proof.replace(/\n\n[\s\S]*/, '\n\n') }), 'malformed'],
  ['another size', () => ({ ...entry, proof: entry.proof.replace(/\n3\n/, '\n4\n') }), 'bad-signature'],
])('%s is refused', async (_, spoilt, reason) => {
  expect(await verifyProof(spoilt(), vkey)).toEqual({ kind: 'refused', reason });
});

test('so is another key', async () => {
  const [name, id, key] = /^(.+?)\+([0-9a-f]{8})\+(.+)$/.exec(vkey)?.slice(1) ?? [];
  const bytes = Buffer.from(key ?? '', 'base64');
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  const other = `${name}+${id}+${bytes.toString('base64')}`;
  expect(await verifyProof(entry, other)).toEqual({ kind: 'refused', reason: 'bad-key' });
});
