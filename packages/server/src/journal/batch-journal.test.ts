import { createSecretKey, randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chunkOf, newBatch, type TestRow } from './batch-chunk.fixture.ts';
import { type Batch, type BatchJournal, type NewBatch, PIECE_BYTES } from './batch-journal.ts';
import { draft, miss } from './draft.fixture.ts';
import type { Journal } from './journal.ts';
import { STORES, type TestLedger } from './journal-stores.fixture.ts';
import { EVERY_RECORD } from './records.ts';

const HOUR = 3_600_000;
const START = 1_800_000_000_000;
const JOB = newBatch();

const times = (count: number, row: TestRow): TestRow[] => Array.from({ length: count }, () => row);

/** What every store of batch jobs promises. */
describe.each(STORES)('batches in $name', (store) => {
  let ledger: TestLedger;
  let now: number;
  let journal: Journal;
  let batches: BatchJournal;

  beforeAll(() => store.start(), 60_000);
  afterAll(() => store.stop());
  beforeEach(async () => {
    now = START;
    ledger = await store.ledger(now);
    const opened = await open();
    journal = opened;
    batches = opened.batches;
    await begun(JOB);
  });
  afterEach(async () => {
    const verification = await ledger.verify();
    await journal.close();
    if (verification.kind !== 'intact') throw new Error(verification.reason);
  });

  async function begun(batch: NewBatch, known: string | null = null): Promise<Batch> {
    const created = await batches.create(batch, known);
    if (created.kind !== 'created') throw new Error(created.kind);
    return created.job;
  }

  const open = () => ledger.open({ wall: () => now, monotonic: () => now });
  const chunk = (number: number, rows: readonly TestRow[], accountMaxUnknown?: number, job = JOB) =>
    chunkOf(ledger.keyring, job, number, rows, accountMaxUnknown);
  const commit = (...given: Parameters<typeof chunk>) => batches.commitChunk(chunk(...given));
  const outcomes = async (account = 'acc_a') => {
    const records = await journal.records({ ...EVERY_RECORD, account, limit: 2000 });
    return records.toReversed().map(({ outcome }) => outcome);
  };

  test('a job is as it was made, and its account alone finds it', async () => {
    const { input, ...facts } = JOB;
    const made = await batches.job(JOB);
    expect(made).toMatchObject({ ...facts, state: 'running', chunks: 0, createdAt: START });
    expect([made?.input.rows, Buffer.from(made?.input.hash ?? [])]).toEqual([100, Buffer.from(input.hash)]);
    expect(await batches.job({ ...JOB, account: 'acc_b' })).toBeNull();
    expect(await batches.find('bat_1')).toMatchObject({ account: 'acc_a' });
    expect(await batches.find('bat_2')).toBeNull();
  });

  test('of two with the same target only one begins, unless whoever begins knows the other', async () => {
    const target = Buffer.from('target');
    const both = await Promise.all(
      ['bat_2', 'bat_3'].map((id) => batches.create(newBatch({ id, target }), null)),
    );
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(['created', 'repeated']);
    const ids = both.map((one) => ('job' in one ? one.job.id : ''));
    expect(ids[0]).toBe(ids[1]);
    // Another account has targets of its own.
    await begun(newBatch({ id: 'bat_4', target, account: 'acc_b' }));
    now += 1;
    await begun(newBatch({ id: 'bat_5', target }), ids[0]);
    expect((await batches.jobFor('acc_a', target))?.id).toBe('bat_5');
  });

  test('jobs come page by page, newest first, of one account or of all', async () => {
    for (const id of ['bat_2', 'bat_3', 'bat_4']) {
      if (id !== 'bat_3') now += 1;
      await begun(newBatch({ id, account: id === 'bat_4' ? 'acc_b' : 'acc_a' }));
    }
    await begun(newBatch({ id: 'bat_5', isUploaded: true }));
    const page = (account: string | null, before: Batch | null, uploadedOnly = false) =>
      batches.jobs({ account, uploadedOnly, before, limit: 2 });
    const first = await page('acc_a', null);
    expect(first.map(({ id }) => id)).toEqual(['bat_5', 'bat_3']);
    expect((await page('acc_a', first[1] ?? null)).map(({ id }) => id)).toEqual(['bat_2', 'bat_1']);
    expect((await page(null, null)).map(({ id }) => id)).toEqual(['bat_5', 'bat_4']);
    expect((await page(null, null, true)).map(({ id }) => id)).toEqual(['bat_5']);
  });

  test('uploaded jobs are worked on in their order, those of commands by nobody; what has ended lapses', async () => {
    const second = await begun(newBatch({ id: 'bat_2', isUploaded: true }));
    now += 1;
    await begun(newBatch({ id: 'bat_3', account: 'acc_b', isUploaded: true }));
    expect((await batches.next())?.id).toBe('bat_2');
    expect(await batches.backlog()).toEqual({ jobs: 2, rows: 200 });
    await batches.turn(second, ['running'], 'finished', null);
    expect((await batches.next())?.id).toBe('bat_3');
    expect(await batches.lapsed(now)).toEqual([]);
    now += HOUR;
    expect((await batches.lapsed(now)).map(({ id }) => id)).toEqual(['bat_2']);
    expect(await batches.forgetResults(second)).toEqual({ kind: 'forgotten', more: false });
    expect(await batches.lapsed(now)).toEqual([]);
    expect((await batches.find('bat_2'))?.forgottenAt).toBe(now);
  });

  test('an upload is there piece by piece, until its job ends or never began', async () => {
    const [job, stray] = [newBatch({ isUploaded: true }), newBatch({ id: 'bat_2', isUploaded: true })];
    for (const each of [job, stray]) {
      await batches.uploads.keep(each, 0, Buffer.alloc(PIECE_BYTES, 1));
      await batches.uploads.keep(each, 1, Buffer.from('Junkersen'));
    }
    expect((await batches.uploads.piece(job, 0))?.equals(Buffer.alloc(PIECE_BYTES, 1))).toBe(true);
    expect(String(await batches.uploads.piece(job, 1))).toBe('Junkersen');
    expect(await batches.uploads.piece(job, 2)).toBeNull();
    await batches.uploads.forgetStrays(Date.now() - HOUR);
    expect(await batches.uploads.piece(stray, 1)).not.toBeNull();
    await batches.uploads.forgetStrays(Date.now() + HOUR);
    expect(await batches.uploads.piece(stray, 1)).toBeNull();
    await batches.turn(job, ['running'], 'stopped', 'account-blocked');
    await batches.uploads.forgetStrays(Date.now() + HOUR);
    expect(await batches.uploads.piece(job, 1)).not.toBeNull();
    await batches.turn(job, ['stopped'], 'finished', null);
    await batches.uploads.forgetStrays(Date.now() + HOUR);
    expect(await batches.uploads.piece(job, 1)).toBeNull();
    await batches.uploads.keep(job, 0, Buffer.from('rows'));
    await batches.uploads.forget(job);
    expect(await batches.uploads.piece(job, 0)).toBeNull();
  });

  test('what is sealed for batches is sealed anew under newer keys', async () => {
    await commit(0, ['found']);
    await batches.uploads.keep(JOB, 0, Buffer.from('rows'));
    const keys = ledger.keyring.ledger;
    const current = keys.current + 1;
    const fresh = {
      current,
      byVersion: new Map([...keys.byVersion, [current, createSecretKey(randomBytes(32))]]),
    };
    const stored = await ledger.audit();
    // The entry's details, the job's settings, results and upload.
    expect(await stored.countStale(fresh)).toBe(4);
    expect(await stored.reseal(fresh, () => undefined)).toBe(4);
    expect(await stored.countStale(fresh)).toBe(0);
    expect(await stored.reseal({ ...fresh, current: keys.current }, () => undefined)).toBe(4);
    await stored.close();
    expect(String(await batches.results(JOB, 0))).toBe('0.0 found\n');
  });

  test('a chunk, its entries and the progress are there together', async () => {
    const rows: TestRow[] = ['found', 'error', 'unknown', ...times(300, 'found')];
    const committed = await commit(0, rows);
    expect(committed).toMatchObject({ kind: 'committed', rows: 303, job: { chunks: 1, rows: 303 } });
    expect(await batches.job(JOB)).toMatchObject({ errors: 1, unknown: 1, offset: 3030, line: 304 });
    const kept = String(await batches.results(JOB, 0)).split('\n');
    expect([kept.length, kept[1], kept[302]]).toEqual([304, '0.1 error', '0.302 found']);
    expect(await batches.results({ ...JOB, account: 'acc_b' }, 0)).toBeNull();
    const found = await outcomes();
    expect([found.length, found[1]]).toEqual([302, 'unknown']);
    expect(await batches.unknownOf('acc_a')).toBe(1);
    // A job's unknown numbers are none of the account's own budget.
    expect(await journal.budget('acc_a', 'cpr')).toMatchObject({ failedAt: [], blockedUntil: null });
  });

  test('a chunk of errors alone has no entry', async () => {
    expect(await commit(0, ['error', 'error'])).toMatchObject({ kind: 'committed', rows: 2 });
    expect(await outcomes()).toEqual([]);
  });

  test('only the next chunk is taken, of however many at once', async () => {
    const same = await Promise.all(times(4, 'found').map((row) => commit(0, [row, 'unknown'])));
    expect(same.map(({ kind }) => kind).toSorted()).toEqual([
      'committed',
      'not-next',
      'not-next',
      'not-next',
    ]);
    expect(await commit(2, ['found'])).toMatchObject({ kind: 'not-next', job: { chunks: 1 } });
    expect(await commit(0, ['found'], 1000, newBatch({ id: 'bat_9' }))).toEqual({
      kind: 'not-next',
      job: null,
    });
    expect(await outcomes()).toEqual(['match', 'unknown']);
  });

  test('the row that would be one unknown number too many is refused, and the job stops at it', async () => {
    const result = await commit(0, ['unknown', 'found', 'unknown', 'unknown', 'found'], 2);
    expect(result).toMatchObject({
      kind: 'committed',
      rows: 4,
      job: { state: 'stopped', unknown: 2, rows: 4 },
    });
    expect(await outcomes()).toEqual(['unknown', 'match', 'unknown', 'blocked']);
    expect(String(await batches.results(JOB, 0))).toMatch(/0.3 refused\n$/);
    expect(await commit(1, ['found'])).toMatchObject({
      kind: 'not-next',
      job: { reason: 'too-many-unknown' },
    });
    // What one job has found counts for the others, until a day has passed.
    const other = newBatch({ id: 'bat_2' });
    await begun(other);
    expect(await commit(0, ['unknown'], 2, other)).toMatchObject({ rows: 1, job: { state: 'stopped' } });
    now += 25 * HOUR;
    expect(await batches.unknownOf('acc_a')).toBe(0);
    expect(await batches.turn(other, ['stopped'], 'running', null)).toMatchObject({ job: { endedAt: null } });
    expect(await commit(1, ['unknown'], 2, other)).toMatchObject({ job: { state: 'running', unknown: 1 } });
  });

  test('during a block of its account a job stops, and nothing is written', async () => {
    await Promise.all(Array.from({ length: 6 }, () => journal.record(miss())));
    const before = await outcomes();
    expect(await commit(0, ['found'])).toMatchObject({
      kind: 'not-next',
      job: { state: 'stopped', reason: 'account-blocked' },
    });
    expect(await outcomes()).toEqual(before);
  });

  test('chunks and questions of one account go beside each other', async () => {
    const questions = Promise.all(Array.from({ length: 50 }, () => journal.record(draft())));
    for (let number = 0; number < 5; number += 1) {
      expect(await commit(number, times(20, 'found'))).toMatchObject({ kind: 'committed' });
    }
    await questions;
    expect(await outcomes()).toHaveLength(150);
  });

  test('a job is turned only from where it is, and its results go some at a time', async () => {
    for (let number = 0; number < 25; number += 1) await commit(number, ['error']);
    expect(await batches.turn(JOB, ['stopped'], 'running', null)).toMatchObject({
      job: { state: 'running' },
    });
    now += HOUR;
    expect(await batches.turn(JOB, ['running'], 'cancelled', null)).toMatchObject({
      job: { state: 'cancelled', endedAt: START + HOUR },
    });
    expect(await batches.turn({ ...JOB, account: 'acc_b' }, ['cancelled'], 'running', null)).toMatchObject({
      job: null,
    });
    expect(await batches.forgetResults(JOB)).toEqual({ kind: 'forgotten', more: true });
    expect(await batches.results(JOB, 0)).toBeNull();
    expect(String(await batches.results(JOB, 24))).toBe('24.0 error\n');
    expect(await batches.forgetResults(JOB)).toEqual({ kind: 'forgotten', more: false });
    expect(await batches.results(JOB, 24)).toBeNull();
  });

  test('one at a time has the claim on a job', { timeout: 20_000 }, async () => {
    const other = await open();
    const claim = await batches.claim(JOB);
    expect(await other.batches.claim(JOB)).toBeNull();
    await claim?.release();
    const next = await other.batches.claim(JOB);
    expect(next).not.toBeNull();
    await next?.release();
    await other.close();
  });
});
