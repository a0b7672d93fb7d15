import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { uploadInput } from '../../batch/upload-input.ts';
import { keyEncryptionKey, openDataFolder } from '../../storage/data-folder.ts';
import { rotateDataKey } from '../../storage/keyring.ts';
import { type Batch, type BatchJournal, type NewBatch, PIECE_BYTES } from '../batch-journal.ts';
import { openJournal } from './open-journal.ts';
import { openStoredLedger } from './stored-ledger.ts';

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

describe('an upload in a data folder', () => {
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
