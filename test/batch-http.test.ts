import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { startServer, type TestServer, unknownNumber, vidimus } from '@vidimus/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { batchesOf, CPR_HEADER, POUL } from './vidimus/batches.ts';
import { newAccount } from './vidimus/client.ts';

let server: TestServer;
let batches: ReturnType<typeof batchesOf>;
beforeAll(async () => {
  server = await startServer({ flags: ['--batch-upload-mib', '2'] });
  batches = batchesOf(server.url);
}, 60_000);
afterAll(() => server.stop());

const rowsOf = (...rows: readonly string[]) => `${[CPR_HEADER, ...rows].join('\n')}\n`;
const account = async (name: string, ...flags: readonly string[]) =>
  batchesOf(server.url, await newAccount(server.folder, name, ...flags));

describe('an uploaded batch', { timeout: 90_000 }, () => {
  test('of CSV: results in the order of the rows, an entry for each that was asked, nothing left of the rows', async () => {
    const taken = await batches.upload(
      rowsOf(`${POUL},case-1`, '12,A,B,C,1,,,2100,D,1990-01-01,case-2', `${POUL},=1+1`, `${POUL},`),
    );
    expect(taken.status).toBe(202);
    expect(taken.json).toMatchObject({ state: 'queued', rows: 4, done: 0, format: 'csv', register: 'cpr' });
    expect(taken.headers.get('location')).toBe(`/vidimus/v1/batches/${taken.json.id}`);
    const { id } = taken.json;
    expect(await batches.ended(id)).toMatchObject({ state: 'finished', done: 4, errors: 1, unknown: 0 });
    const results = await batches.results(id);
    expect(results.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(results.text.split('\n').slice(1)).toEqual([
      '1,2,case-1,Match,100,100,true,100,true,100,true,Low,,,',
      '2,3,case-2,,,,,,,,,,,cpr-malformed,cpr',
      "3,4,'=1+1,Match,100,100,true,100,true,100,true,Low,,,",
      '4,5,,Match,100,100,true,100,true,100,true,Low,,,',
      '',
    ]);
    const found = await vidimus(['audit', 'search', '--json', '--sandbox', '--data', server.folder]);
    const { entries } = JSON.parse(found.stdout) as { entries: { context: string }[] };
    expect(entries.filter(({ context }) => context?.includes(id)).toReversed()).toMatchObject([
      { surface: 'batch', reference: 'case-1', purpose: 'Yearly check', context: `batch ${id}, row 1` },
      { reference: '=1+1', context: `batch ${id}, row 3` },
      { reference: 'list-1', context: `batch ${id}, row 4` },
    ]);
    expect(readdirSync(join(server.folder, 'batches'))).not.toContain(id);
  });

  test('of JSONL gives JSONL, or CSV to whoever asks for it', async () => {
    const row = { ssn: '123-45-6789', firstName: 'John', lastName: 'Doe', externalReference: 'a' };
    const twice = '{"ssn":"123-45-6789","ssn":"123-45-6789","firstName":"J","lastName":"D"}';
    const taken = await batches.upload(
      `${JSON.stringify(row)}\n${twice}\n`,
      { register: 'ssn' },
      { 'content-type': 'application/x-ndjson' },
    );
    expect(await batches.ended(taken.json.id)).toMatchObject({
      state: 'finished',
      format: 'jsonl',
      errors: 1,
    });
    const results = await batches.results(taken.json.id);
    expect(results.headers.get('content-type')).toBe('application/jsonl; charset=utf-8');
    expect(
      results.text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { row: 1, line: 1, reference: 'a', ssnMatch: 'fullMatch' },
      { row: 2, line: 2, reference: null, error: { code: 'field-repeated', field: 'ssn' } },
    ]);
    const csv = await batches.results(taken.json.id, { accept: 'text/csv' });
    expect(csv.text.split('\n')[1]).toBe('1,1,a,fullMatch,,');
  });

  test('is stopped at one unknown number too many, says so, and goes on when it may', async () => {
    const careful = await account('careful', '--capability', 'batch');
    const miss = (index: number) => `${unknownNumber(index)},A,B,C,1,,,2100,D,1908-01-01,r`;
    const taken = await careful.upload(rowsOf(miss(1), miss(2), `${POUL},c`), { maxUnknown: '1' });
    expect(taken.json).toMatchObject({ maxUnknown: 1 });
    const { id } = taken.json;
    expect(await careful.ended(id)).toMatchObject({ state: 'stopped', reason: 'too-many-unknown', done: 2 });
    const lines = (await careful.results(id)).text.split('\n');
    expect(lines.slice(1, 3).map((line) => line.split(',').at(-2))).toEqual(['', 'too-many-unknown']);
    expect((await careful.send(`/${id}/resume`, { method: 'POST' })).json.state).toBe('running');
    expect(await careful.ended(id)).toMatchObject({ state: 'finished', done: 3, unknown: 1 });
    expect((await careful.send(`/${id}/resume`, { method: 'POST' })).json).toMatchObject({
      code: 'batch-ended',
    });
  });

  test('whose rows are gone, as after a restored backup, stands still and says so', async () => {
    const restored = await account('restored', '--capability', 'batch');
    const unknown = `${unknownNumber(1)},A,B,C,1,,,2100,D,1908-01-01,r`;
    const { id } = (await restored.upload(rowsOf(unknown, `${POUL},c`), { maxUnknown: '0' })).json;
    await restored.ended(id);
    rmSync(join(server.folder, 'batches', id), { recursive: true });
    await restored.send(`/${id}/resume`, { method: 'POST' });
    expect(await restored.ended(id)).toMatchObject({ state: 'stopped', reason: 'batch-changed', done: 1 });
  });

  test('is there for its own account alone, page by page, until it is deleted', async () => {
    const mine = await account('mine', '--capability', 'batch');
    const ids: string[] = [];
    for (const row of ['a', 'b', 'c']) ids.unshift((await mine.upload(rowsOf(`${POUL},${row}`))).json.id);
    const first = (await mine.send('?limit=2')).json as unknown as {
      batches: { id: string }[];
      next: string;
    };
    expect(first.batches.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    const second = (await mine.send(`?limit=2&cursor=${first.next}`)).json as unknown as typeof first;
    expect(second).toMatchObject({ batches: [{ id: ids[2] }], next: null });

    const id = ids[0] as string;
    for (const [path, method] of [
      [`/${id}`, 'GET'],
      [`/${id}/results`, 'GET'],
      [`/${id}/resume`, 'POST'],
      [`/${id}`, 'DELETE'],
    ]) {
      expect((await batches.send(path as string, { method: method as string })).json).toMatchObject({
        status: 404,
        code: 'batch-unknown',
      });
    }
    expect((await mine.send(`/${id}`, { method: 'DELETE' })).json.state).toMatch(/cancelled|finished/);
    const after = await mine.show(id);
    expect(after.json).toMatchObject({ keptUntil: null, forgottenAt: expect.any(String) });
    expect((await mine.results(id)).json).toMatchObject({ status: 410, code: 'batch-forgotten' });
    expect(readdirSync(join(server.folder, 'batches'))).not.toContain(id);
    for (const other of ids.slice(1)) await mine.send(`/${other}`, { method: 'DELETE' });
  });

  test('is begun once under a key, however often it is uploaded', async () => {
    const key = { 'idempotency-key': '"list-2026"' };
    const rows = rowsOf(`${POUL},once`);
    const first = await batches.upload(rows, {}, key);
    const again = await batches.upload(rows, {}, key);
    expect([again.status, again.json.id]).toEqual([202, first.json.id]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect((await batches.upload(rowsOf(`${POUL},other`), {}, key)).json).toMatchObject({
      code: 'idempotency-key-reused',
    });
    expect((await batches.upload(rows, { purpose: 'Another' }, key)).json).toMatchObject({
      code: 'idempotency-key-reused',
    });
    await batches.send(`/${first.json.id}`, { method: 'DELETE' });
  });
});

describe('an upload that is refused', { timeout: 60_000 }, () => {
  const fault = (code: string, line: number) => ({ code: 'batch-unreadable', errors: [{ code, line }] });
  test.each([
    ['without its purpose', { purpose: ' ' }, rowsOf(), 'text/csv', { errors: [{ pointer: 'purpose' }] }],
    ['of no register', { register: 'x' }, rowsOf(), 'text/csv', { errors: [{ pointer: 'register' }] }],
    [
      'with an odd limit',
      { maxUnknown: '-1' },
      rowsOf(),
      'text/csv',
      { errors: [{ pointer: 'maxUnknown' }] },
    ],
    ['as JSON', {}, '{}', 'application/json', { code: 'media-type-unsupported' }],
    [
      'JSONL as CSV',
      { register: 'ssn' },
      '{"ssn":"1","firstName":"A","lastName":"B"}',
      'text/csv',
      fault('format-differs', 1),
    ],
    ['an empty one', {}, '', 'text/csv', fault('file-empty', 1)],
    ['of the other register', { register: 'ssn' }, rowsOf(), 'text/csv', fault('column-unknown', 1)],
    ['broken in the middle', {}, rowsOf(`${POUL},a`, '"1307610015'), 'text/csv', fault('quote-open', 3)],
    ['a large one', {}, rowsOf(`${POUL},a`).repeat(40_000), 'text/csv', { code: 'batch-too-large' }],
  ])('%s', async (_case, wish, rows, type, expected) => {
    const { status, json, text } = await batches.upload(rows, wish, { 'content-type': type });
    expect(json).toMatchObject({ ...expected, status });
    expect(text).not.toMatch(/1307610015|Junkersen/);
  });

  test('by size while it comes, where nobody said how much it would be', async () => {
    const before = folders();
    const megabyte = new TextEncoder().encode(`${'x'.repeat(999)}\n`.repeat(1000));
    let sent = 0;
    const stream = new ReadableStream({
      pull(controller) {
        controller.enqueue(sent === 0 ? new TextEncoder().encode(rowsOf()) : megabyte);
        sent += 1;
        if (sent === 6) controller.close();
      },
    });
    expect((await batches.upload(stream)).json).toMatchObject({ status: 413, code: 'batch-too-large' });
    expect(folders()).toEqual(before);
  });

  test('before a byte of it is read: no capability, a block, a register that cannot be asked', async () => {
    const capless = await account('capless');
    expect((await capless.upload(rowsOf(`${POUL},a`))).json).toMatchObject({ code: 'batch-not-allowed' });
    expect((await capless.send('')).json).toMatchObject({ code: 'batch-not-allowed' });
    const simulate = async (wish: string) =>
      (await batches.upload(rowsOf(`${POUL},a`), {}, { 'x-simulate': wish })).json;
    expect(await simulate('blocked')).toMatchObject({ code: 'account-blocked' });
    expect(await simulate('timeout')).toMatchObject({ code: 'register-unavailable' });
    expect(await simulate('503')).toMatchObject({ code: 'ledger-unwritable' });
  });

  test('by its client in the middle leaves nothing; until then it lies sealed', async () => {
    const upload = request(`${server.url}/vidimus/v1/batches?register=cpr&reference=r&purpose=p`, {
      method: 'POST',
      headers: { authorization: 'Bearer vidimus-sandbox-key', 'content-type': 'text/csv' },
    });
    upload.on('error', () => undefined);
    const before = folders();
    upload.write(rowsOf(...Array.from({ length: 15_000 }, () => `${POUL},a`)));
    const came = (): string[] => folders().filter((folder) => !before.includes(folder));
    await expect.poll(came, { timeout: 10_000 }).toHaveLength(1);
    const [id = ''] = came();
    const piece = (): Buffer => readFileSync(join(server.folder, 'batches', id, '0'));
    await expect.poll(() => piece().length, { timeout: 10_000 }).toBeGreaterThan(1_000_000);
    expect(piece().includes('Junkersen')).toBe(false);
    upload.destroy();
    await expect.poll(came, { timeout: 10_000 }).toEqual([]);
  });

  const folders = (): string[] =>
    readdirSync(join(server.folder, 'batches'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
});
