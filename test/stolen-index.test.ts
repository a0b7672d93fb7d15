import { DatabaseSync } from 'node:sqlite';
import { serviceToken, ssnDetails, startServer, vidimus } from '@vidimus/testkit';
import { expect, test } from 'vitest';
import { SANDBOX_PERSONS } from '../packages/server/src/sandbox/persons.ts';
import { becomeReady } from './proofs/become-ready.ts';
import { openFolderHere } from './proofs/opened-folder.ts';
import { guessNumbers, plausibleNumbers } from './proofs/stolen/guess-numbers.ts';
import { generationOf, stolenCopy } from './proofs/stolen/stolen-copy.ts';

const HELD = SANDBOX_PERSONS.map(({ cpr }) => cpr);

test('without the key file no number is found in the index, by any hash that can be worked out', async () => {
  const { folder, generation } = await stolenCopy();
  const figures = guessNumbers(folder, generation, [...HELD, ...plausibleNumbers(10_000)]);
  expect(figures).toMatchObject({ found: 0, numbers: 10_000 + HELD.length });
  expect(figures.rows).toBeGreaterThan(70);
  expect((await vidimus(['audit', 'verify', '--data', folder])).stderr).toContain('(key-missing)');
});

test('two sealed records that were swapped are refused, and the register says so until it is replaced', async () => {
  const first = await startServer();
  await first.stop();
  const folder = await openFolderHere({ path: first.folder, environment: {} });
  const [one, other] = ['1307610015', '0709614495'].map((cpr) => Buffer.from(folder.cprSubject(cpr), 'hex'));
  await folder.close();
  const register = new DatabaseSync(generationOf(first.folder));
  const sealed = (subject: Buffer) =>
    register.prepare('select sealed from record where subject = ?').get(subject)?.['sealed'] as Uint8Array;
  const [sealedOne, sealedOther] = [sealed(one as Buffer), sealed(other as Buffer)];
  const put = register.prepare('update record set sealed = ? where subject = ?');
  put.run(sealedOther, one as Buffer);
  put.run(sealedOne, other as Buffer);
  register.close();

  const server = await startServer({ folder: first.folder });
  await becomeReady(server);
  const token = await serviceToken(server.url);
  const ask = async (cpr: string) => (await ssnDetails(server.url, token, cpr)).json();
  expect(await ask('0709614258')).toMatchObject({ 'ssn.details.person_status': 'Emigrated' });
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  for (const cpr of ['1307610015', '0709614495']) {
    expect(JSON.stringify(await ask(cpr))).toContain('unable_to_lookup');
  }
  const readiness = async () => (await fetch(`${server.url}/readyz`)).json();
  await expect.poll(readiness, { timeout: 5000 }).toMatchObject({
    status: 'not ready',
    checks: expect.arrayContaining([
      { name: 'cpr register', trouble: 'a record does not open under its key' },
    ]),
  });
  expect(await ask('0709614258')).toMatchObject({ 'ssn.details.person_status': 'Emigrated' });
  await server.stop();
  expect(server.output()).toMatch(/"trouble":"a record does not open under its key","msg":"not ready"/);
});
