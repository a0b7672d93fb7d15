import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { uploadInput } from '../batch/upload-input.ts';
import { keyEncryptionKey, openDataFolder } from '../storage/data-folder.ts';
import { rotateDataKey } from '../storage/keyring.ts';
import { type Batch, type BatchJournal, type NewBatch, PIECE_BYTES } from './batch-journal.ts';
import { openJournal } from './sqlite/open-journal.ts';
import { openStoredLedger } from './sqlite/stored-ledger.ts';

const START = 1_800_000_000_000;
const HOUR = 3_600_000;
const newBatch = (id: string, more: Partial<NewBatch> = {}): NewBatch => ({
  id,
  account: 'acc_1',
  kind: 'cpr-validate',
  maxUnknown: 10,
  input: { bytes: 100, hash: Buffer.alloc(32, 1), rows: 7 },
  target: null,
  isUploaded: true,
  settings: {
    credential: 'c',
    reference: 'r',
    purpose: 'p',
    input: null,
    output: null,
    format: 'csv',
  },
  ...more,
});

let folder: Awaited<ReturnType<typeof openDataFolder>>;
let path: string;
let keyFile: string;
let now: number;
let batches: BatchJournal;
let close: () => Promise<void>;

beforeEach(async () => {
  now = START;
  path = mkdtempSync(join(tmpdir(), 'vidimus-journal-'));
  keyFile = join(path, 'vidimus.key');
  folder = await openDataFolder(path, keyFile, null, now);
  const journal = openJournal(
    path,
    folder.keyring,
    () => now,
    () => now,
  );
  ({ batches } = journal);
  close = async () => {
    await journal.close();
    await folder.close();
  };
});
afterEach(() => close());

async function begun(batch: NewBatch, known: string | null = null): Promise<Batch> {
  const created = await batches.create(batch, known);
  if (created.kind !== 'created') throw new Error(created.kind);
  return created.job;
}

describe('jobs', () => {
  test('of two with the same target only one begins, unless whoever begins knows the other', async () => {
    const target = Buffer.from('target');
    const both = await Promise.all(
      ['bat_1', 'bat_2'].map((id) => batches.create(newBatch(id, { target }), null)),
    );
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(['created', 'repeated']);
    expect(both.map((one) => ('job' in one ? one.job.id : null))).toEqual(['bat_1', 'bat_1']);
    // Another account has targets of its own.
    await begun(newBatch('bat_3', { target, account: 'acc_2' }));
    now += 1;
    await begun(newBatch('bat_4', { target }), 'bat_1');
    expect((await batches.jobFor('acc_1', target))?.id).toBe('bat_4');
  });

  test('come page by page, newest first, of one account or of all', async () => {
    for (const id of ['bat_1', 'bat_2', 'bat_3', 'bat_4']) {
      if (id !== 'bat_3') now += 1;
      await begun(newBatch(id, { account: id === 'bat_1' ? 'acc_2' : 'acc_1' }));
    }
    const page = async (account: string | null, before: Batch | null) =>
      batches.jobs({ account, before, limit: 2 });
    const first = await page('acc_1', null);
    expect(first.map(({ id }) => id)).toEqual(['bat_4', 'bat_3']);
    expect((await page('acc_1', first[1] ?? null)).map(({ id }) => id)).toEqual(['bat_2']);
    expect(await batches.jobs({ account: null, before: null, limit: 9 })).toHaveLength(4);
  });

  test('are worked on in their order, those of commands by nobody; what has ended lapses', async () => {
    await begun(newBatch('bat_1', { isUploaded: false }));
    const second = await begun(newBatch('bat_2'));
    now += 1;
    await begun(newBatch('bat_3'));
    expect((await batches.next())?.id).toBe('bat_2');
    expect(await batches.backlog()).toEqual({ jobs: 2, rows: 14 });
    await batches.turn(second, ['running'], 'finished', null);
    expect((await batches.next())?.id).toBe('bat_3');
    expect(await batches.lapsed(now)).toEqual([]);
    now += HOUR;
    expect((await batches.lapsed(now)).map(({ id }) => id)).toEqual(['bat_2']);
    expect(await batches.forgetResults(second)).toEqual({ kind: 'forgotten', more: false });
    expect(await batches.lapsed(now)).toEqual([]);
    expect((await batches.find('bat_2'))?.forgottenAt).toBe(now);
  });
});

describe('an upload', () => {
  const text = Buffer.from('Junkersen\n'.repeat(250_000));

  async function uploaded(id: string): Promise<Batch> {
    const key = { id, account: 'acc_1' };
    for (let at = 0; at < text.length; at += PIECE_BYTES) {
      await batches.uploads.keep(key, at / PIECE_BYTES, text.subarray(at, at + PIECE_BYTES));
    }
    return begun(newBatch(id, { input: { bytes: text.length, hash: Buffer.alloc(32), rows: 1 } }));
  }

  const read = async (job: Batch, from: number): Promise<Buffer> =>
    Buffer.concat(await Array.fromAsync(uploadInput(batches.uploads, job).read(from)));

  test('is read from any byte on, lies sealed, and opens after the keys were rotated', async () => {
    const job = await uploaded('bat_1');
    for (const from of [0, 17, PIECE_BYTES - 1, PIECE_BYTES, 2 * PIECE_BYTES + 5, text.length]) {
      expect((await read(job, from)).equals(text.subarray(from))).toBe(true);
    }
    const pieces = (): Buffer[] =>
      readdirSync(join(path, 'batches', 'bat_1')).map((name) =>
        readFileSync(join(path, 'batches', 'bat_1', name)),
      );
    expect(pieces()).toHaveLength(3);
    expect(pieces().some((piece) => piece.includes('Junkersen'))).toBe(false);

    const stored = await openStoredLedger(path);
    const before = pieces().map((piece) => piece.readUInt16BE(0));
    await rotateDataKey(folder.control, await keyEncryptionKey(folder.control, keyFile), 'ledger', now);
    await folder.refreshKeys();
    expect(await stored.countStale(folder.keyring.ledger)).toBe(4);
    expect(await stored.reseal(folder.keyring.ledger, () => undefined)).toBe(4);
    expect(await stored.countStale(folder.keyring.ledger)).toBe(0);
    await stored.close();
    expect(pieces().map((piece) => piece.readUInt16BE(0))).toEqual(before.map((version) => version + 1));
    expect((await read(job, 0)).equals(text)).toBe(true);
  });

  test('is forgotten with its job, or when it never became one', async () => {
    const job = await uploaded('bat_1');
    await batches.uploads.keep({ id: 'bat_2', account: 'acc_1' }, 0, text.subarray(0, 10));
    await batches.uploads.forgetStrays(Date.now() - HOUR);
    expect(readdirSync(join(path, 'batches')).toSorted()).toEqual(['bat_1', 'bat_2']);
    await batches.uploads.forgetStrays(Date.now() + HOUR);
    expect(readdirSync(join(path, 'batches'))).toEqual(['bat_1']);
    await batches.uploads.forget(job);
    expect(await batches.uploads.piece(job, 0)).toBeNull();
    await expect(read(job, 0)).rejects.toThrow('not kept any more');
  });
});
