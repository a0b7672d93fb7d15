import { join } from 'node:path';
import { temporaryFolder } from '@vidimus/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DataFolder, keyEncryptionKey, openDataFolder } from '../../storage/data-folder.ts';
import { rotateDataKey } from '../../storage/keyring.ts';
import type { Draft, Keep } from '../entry.ts';
import type { Journal } from '../journal.ts';
import { EVERY_RECORD } from '../records.ts';
import { openJournal } from './open-journal.ts';
import { openLedger } from './open-ledger.ts';
import { countStaleDetails, resealLedger } from './reseal-ledger.ts';

const DAY = 86_400_000;
const START = 1_800_000_000_000;
const SUBJECT = Buffer.alloc(16, 7);

let folder: DataFolder;
let now: number;
let journals: Journal[];

function open(): Journal {
  const { ledger, subject } = folder.keyring;
  const journal = openJournal(
    folder.path,
    { ledger, subject },
    () => now,
    () => now,
  );
  journals.push(journal);
  return journal;
}

beforeEach(async () => {
  now = START;
  journals = [];
  const path = temporaryFolder();
  folder = await openDataFolder(path, join(path, 'vidimus.key'), null, now);
});
afterEach(async () => {
  for (const journal of journals) await journal.close();
  await folder.control.close();
});

const draft = (part: Partial<Draft> = {}): Draft => ({
  account: 'acc_a',
  credential: 'crd_1',
  surface: 'vidimus',
  register: 'cpr',
  operation: 'lookup',
  subject: SUBJECT,
  reference: null,
  context: null,
  summary: null,
  use: 'miss',
  outcome: 'unknown',
  ...part,
});
const key = Buffer.alloc(16, 1);
const keep = (part: Partial<Keep> = {}): Keep => ({
  answer: 'what was answered',
  forMs: DAY,
  repeat: { key, request: Buffer.alloc(16, 2) },
  ...part,
});

test('the first of several processes writes, the others are told', async () => {
  const [one, other] = [open(), open()];
  const results = await Promise.all([one, other, one, other].map((j) => j.recordAndKeep(draft(), keep())));
  expect(results.map(({ kind }) => kind).sort()).toEqual(['recorded', 'repeated', 'repeated', 'repeated']);
  expect(await one.count(EVERY_RECORD)).toBe(1);
  expect((await one.budget('acc_a', 'cpr')).failedAt).toHaveLength(1);
  expect(await other.keptUnder('acc_a', key)).toEqual({
    id: 1,
    at: START,
    register: 'cpr',
    operation: 'lookup',
    failures: 1,
    until: START + DAY,
    request: new Uint8Array(Buffer.alloc(16, 2)),
    answer: 'what was answered',
  });
  expect(await other.keptWith('acc_a', 1)).toMatchObject({ answer: 'what was answered' });
});

test('nobody else has it', async () => {
  const journal = open();
  await journal.recordAndKeep(draft(), keep());
  expect(await journal.keptUnder('acc_b', key)).toBeNull();
  expect(await journal.keptWith('acc_b', 1)).toBeNull();
  expect((await journal.recordAndKeep(draft({ account: 'acc_b' }), keep())).kind).toBe('recorded');
});

test('it lapses, is deleted, and the key may be used again', async () => {
  const journal = open();
  await journal.recordAndKeep(draft(), keep());
  now += DAY - 1;
  expect(await journal.keptWith('acc_a', 1)).not.toBeNull();
  now += 1;
  expect(await journal.keptWith('acc_a', 1)).toBeNull();
  expect((await journal.recordAndKeep(draft(), keep())).kind).toBe('recorded');
  const db = openLedger(folder.path);
  expect(db.prepare('select entry from kept_answer').all()).toEqual([{ entry: 2 }]);
  db.close();
});

test('what the budget refuses is not kept', async () => {
  const journal = open();
  for (let i = 0; i < 5; i += 1) await journal.record(draft());
  const sixth = await journal.recordAndKeep(draft(), keep());
  expect(sixth).toMatchObject({ recorded: { verdict: { kind: 'blocked' } } });
  expect(await journal.keptUnder('acc_a', key)).toBeNull();
});

test('erasing the subject removes it', async () => {
  const journal = open();
  await journal.recordAndKeep(draft(), keep());
  await journal.recordAndKeep(draft({ subject: Buffer.alloc(16, 8) }), keep({ repeat: null }));
  await journal.erase(SUBJECT, draft({ operation: 'erase', outcome: 'erased', subject: null }));
  expect(await journal.keptWith('acc_a', 1)).toBeNull();
  expect(await journal.keptWith('acc_a', 2)).not.toBeNull();
});

test('it is sealed, and sealed anew with a new key', async () => {
  const journal = open();
  await journal.recordAndKeep(draft(), keep());
  await rotateDataKey(
    folder.control,
    await keyEncryptionKey(folder.control, join(folder.path, 'vidimus.key')),
    'ledger',
    now,
  );
  await folder.refreshKeys();
  const db = openLedger(folder.path);
  const bytes = db.prepare('select answer from kept_answer').get()?.['answer'] as Uint8Array;
  expect(Buffer.from(bytes).toString('latin1')).not.toContain('answered');
  expect(countStaleDetails(db, folder.keyring.ledger)).toBe(2);
  expect(resealLedger(db, folder.keyring.ledger, () => undefined)).toBe(2);
  expect(countStaleDetails(db, folder.keyring.ledger)).toBe(0);
  db.close();
  expect(await journal.keptWith('acc_a', 1)).toMatchObject({ answer: 'what was answered' });
});
