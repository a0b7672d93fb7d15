import { openAsBlob, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BatchedSsnRow, openVidimus, parseSsn, VidimusError } from '@vidimus/client';
import { SANDBOX_CREDENTIALS } from '@vidimus/client/sandbox';
import { startServer, type TestServer, temporaryFolder } from '@vidimus/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CPR_HEADER, POUL } from './vidimus/batches.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
}, 60_000);
afterAll(() => server.stop());

const { apiKey, clientId, clientSecret } = SANDBOX_CREDENTIALS;
const open = () => openVidimus({ url: server.url, apiKey }).batches;
const SSN = { register: 'ssn', reference: 'list-1', purpose: 'Yearly check' } as const;
const CPR = { ...SSN, register: 'cpr' } as const;

const failureOf = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error);

test('rows as objects, as they come; results one by one, each told apart by its outcome', async () => {
  const reading = parseSsn('123-45-6789');
  if (reading.kind !== 'ssn') throw new Error(reading.kind);
  async function* rows(): AsyncGenerator<BatchedSsnRow> {
    yield {
      ssn: reading.kind === 'ssn' ? reading.ssn : '',
      firstName: 'John',
      lastName: 'Doe',
      externalReference: 'a',
    };
    yield { ssn: '000-12-3456', firstName: 'John', lastName: 'Doe' };
    yield { ssn: '123-45-6789', firstName: 'J0hn', lastName: 'Doe' };
  }
  const batches = open();
  const { id } = await batches.create(SSN, rows());
  const seen: number[] = [];
  const ended = await batches.wait(id, { everyMs: 50, onProgress: ({ done }) => seen.push(done) });
  expect(ended).toMatchObject({ state: 'finished', rows: 3, errors: 1, format: 'jsonl' });
  expect(seen.at(-1)).toBe(3);
  expect(await Array.fromAsync(batches.results(id))).toEqual([
    { row: 1, line: 1, reference: 'a', outcome: 'verified', ssnMatch: 'fullMatch' },
    { row: 2, line: 2, reference: null, outcome: 'verified', ssnMatch: 'invalidFormat' },
    { row: 3, line: 3, reference: null, outcome: 'error', code: 'name-malformed', field: 'firstName' },
  ]);
});

test('a file, sent once however often it is sent, with a token; until it is deleted', async () => {
  const file = join(temporaryFolder(), 'rows.csv');
  writeFileSync(file, `${CPR_HEADER}\n${`${POUL},case\n`.repeat(700)}`);
  const batches = openVidimus({ url: server.url, clientId, clientSecret }).batches;
  const content = await openAsBlob(file);
  const upload = () => batches.create(CPR, { format: 'csv', content }, { idempotencyKey: 'list-2026' });
  const [first, again] = [await upload(), await upload()];
  expect(again.id).toBe(first.id);
  await batches.wait(first.id, { everyMs: 50 });
  let rows = 0;
  for await (const result of batches.results(first.id)) {
    if (result.outcome !== 'validated') throw new Error(result.outcome);
    expect(result.verdict).toBe('Match');
    rows += 1;
    if (rows === 5) break;
  }
  expect((await batches.list({ limit: 1 })).batches[0]?.id).toBe(first.id);
  expect(await batches.delete(first.id)).toMatchObject({
    state: 'finished',
    forgottenAt: expect.any(String),
  });
  const failure = await failureOf(batches.results(first.id).next());
  expect(failure).toMatchObject({ kind: 'not-found', code: 'batch-forgotten', status: 410 });
});

test('what is refused is an error with its code; nothing of a row is in it', async () => {
  const failure = await failureOf(
    open().create(CPR, { format: 'csv', content: [`${CPR_HEADER}\n`, '"1307610015'] }),
  );
  expect(failure).toBeInstanceOf(VidimusError);
  expect(failure).toMatchObject({ kind: 'input', code: 'batch-unreadable', status: 422, retryable: false });
  expect(JSON.stringify(failure) + String(failure)).not.toContain('1307610015');
  expect(await open().get('bat_4711')).toBeNull();
  expect(await failureOf(open().wait('bat_4711'))).toMatchObject({ kind: 'not-found' });
});

test('who waits may stop waiting, and the batch goes on', async () => {
  const batches = open();
  const rows = Array.from(
    { length: 2000 },
    (): BatchedSsnRow => ({ ssn: '123-45-6789', firstName: 'John', lastName: 'Doe' }),
  );
  const { id } = await batches.create(SSN, rows);
  const ended = await failureOf(batches.wait(id, { signal: AbortSignal.timeout(100), everyMs: 10 }));
  expect(ended).toMatchObject({ kind: 'aborted' });
  const hasty = openVidimus({ url: server.url, apiKey, retries: 0 }).batches;
  expect(await failureOf(hasty.results(id).next())).toMatchObject({
    kind: 'conflict',
    code: 'batch-running',
  });
  expect((await batches.wait(id, { everyMs: 50 })).state).toBe('finished');
});
