import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { quickestMs, temporaryFolder } from '@vidimus/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDataFolder } from '../../storage/data-folder.ts';
import type { Keyring } from '../../storage/keyring.ts';
import { proveEntry } from '../audit/prove-entry.ts';
import { verifyLedger } from '../audit/verify.ts';
import { draft, erasure, miss } from '../draft.fixture.ts';
import type { Draft } from '../entry.ts';
import type { Journal } from '../journal.ts';
import { type LedgerSigner, openLedgerSigner } from '../ledger-signer.ts';
import { EVERY_RECORD } from '../records.ts';
import { openJournal } from './open-journal.ts';
import { LEDGER_MIGRATIONS } from './schema.ts';
import { openStoredLedger } from './stored-ledger.ts';

const HOUR = 3_600_000;
const START = 1_800_000_000_000;

let folder: string;
let keyring: Keyring;
let signer: LedgerSigner;
let now: number;
/** How far the machine's clock is off. */
let step: number;
let journal: Journal;

beforeEach(async () => {
  folder = temporaryFolder();
  now = START;
  step = 0;
  const opened = await openDataFolder(folder, join(folder, 'vidimus.key'), null, now);
  keyring = opened.keyring;
  signer = await openLedgerSigner(opened.control, keyring, now);
  await opened.control.close();
  journal = open();
});
afterEach(() => journal.close());

/** Time passes with `now`; `step` is added by whoever sets the clock. */
const open = () =>
  openJournal(
    folder,
    keys(),
    () => now + step,
    () => now,
  );
const keys = () => ({ ledger: keyring.ledger, subject: keyring.subject });
const verify = () => verifyLedger(() => openStoredLedger(folder), { keys: keyring, trust: signer.trust });
const record = (drafts: readonly Draft[]) => Promise.all(drafts.map((each) => journal.record(each)));

async function verdicts(drafts: readonly Draft[]): Promise<string[]> {
  return (await record(drafts)).map((result) =>
    result.kind === 'recorded' ? result.recorded.verdict.kind : result.fault,
  );
}

describe('the ledger', () => {
  test('an entry is 250 to 600 bytes, its leaf without personal details', async () => {
    const subject = randomBytes(16);
    await record([draft({ subject, reference: 'Sag Junkersen' })]);
    const db = new DatabaseSync(join(folder, 'ledger.db'));
    const row = db.prepare('select leaf, hash, details from entry').get() as Record<string, Uint8Array>;
    db.close();
    const leaf = Buffer.from(row['leaf'] ?? []).toString();
    expect(leaf).not.toContain('Junkersen');
    expect(leaf).not.toContain(subject.toString('hex'));
    const size = Object.values(row).reduce((sum, bytes) => sum + bytes.length, 0);
    expect(size).toBeGreaterThan(250);
    expect(size).toBeLessThan(600);
  });
});

test('a search finds what is in blocks that are full', async () => {
  const subject = randomBytes(16);
  const wanted = draft({ subject, reference: 'wanted' });
  await record([wanted]);
  for (let wave = 0; wave < 16; wave += 1) await record(Array.from({ length: 512 }, () => draft()));
  await record([wanted]);
  for (const part of [{ subject }, { reference: 'wanted' }]) {
    const query = { ...EVERY_RECORD, ...part };
    expect((await journal.records(query)).map(({ id }) => id)).toEqual([8194, 1]);
    expect(await journal.count(query)).toBe(2);
  }
});

describe('verification', () => {
  const DAMAGES: readonly (readonly [string, string, number | null])[] = [
    [
      'a leaf changed',
      `update entry set leaf = cast(replace(cast(leaf as text), 'found', 'other') as blob) where id = 3`,
      3,
    ],
    ['a leaf and its hash changed', `update entry set leaf = x'7b7d', hash = x'00' where id = 3`, 3],
    ['an account changed', `update entry set account = 'acc_x' where id = 3`, 3],
    ['a time changed', 'update entry set at = at + 1 where id = 3', 3],
    ['a subject changed', `update entry set subject = zeroblob(16) where id = 3`, 3],
    ['a subject removed', 'update entry set subject = null where id = 3', 3],
    ['a register changed', `update entry set register = 'ssn' where id = 3`, 3],
    ['an operation changed', `update entry set operation = 'verify' where id = 3`, 3],
    ['a reference changed', 'update entry set reference = zeroblob(16) where id = 3', 3],
    ['details removed', 'update entry set details = null where id = 3', 3],
    [
      'details of another entry',
      'update entry set details = (select details from entry where id = 4) where id = 3',
      3,
    ],
    ['an entry removed', 'delete from entry where id = 3', 4],
    ['the last entry removed', 'delete from entry where id = 8', 8],
    ['the first entry removed', 'delete from entry where id = 1', 2],
    [
      'an entry added',
      'insert into entry select 9, account, at, register, operation, subject, reference, leaf, hash, details from entry where id = 8',
      9,
    ],
    [
      'two entries swapped',
      'update entry set id = case id when 3 then -4 when 4 then -3 end where id in (3, 4); update entry set id = -id where id < 0',
      3,
    ],
    [
      'the tree changed',
      `update tree set frontier = cast(substr(frontier, 1, length(frontier) - 1) || iif(substr(frontier, -1) = x'00', x'01', x'00') as blob)`,
      null,
    ],
    ['the tree cut', `update tree set frontier = x'00'`, null],
  ];

  test.each(DAMAGES)('%s', async (_, damage, entry) => {
    for (let i = 0; i < 8; i += 1) {
      now += 1000;
      await record([draft()]);
    }
    expect(await verify()).toMatchObject({ kind: 'intact', entries: 8 });
    const db = new DatabaseSync(join(folder, 'ledger.db'));
    db.exec(damage);
    db.close();
    expect(await verify()).toMatchObject({ kind: 'damaged', entry });
  });
});

describe('erasing a subject', () => {
  const erase = (subject: Uint8Array) => journal.erase(subject, erasure());

  test('details that are gone without an erasure are damage', async () => {
    const subject = randomBytes(16);
    await record([draft({ subject }), draft(), draft({ subject })]);
    await erase(subject);
    const db = new DatabaseSync(join(folder, 'ledger.db'));
    db.exec('update entry set details = null, subject = null, reference = null where id = 2');
    db.close();
    expect(await verify()).toMatchObject({ kind: 'damaged', entry: 2 });
  });
});

test('names that were tried for numbers that nobody asks for again do not stay', async () => {
  const rule = { names: 3, windowMs: HOUR };
  const tryAnother = () => journal.tryName({ subject: randomBytes(16), name: Buffer.from('a'), rule });
  for (let i = 0; i < 20; i += 1) await tryAnother();
  now += HOUR;
  for (let i = 0; i < 6; i += 1) await tryAnother();
  const db = new DatabaseSync(join(folder, 'ledger.db'));
  expect(db.prepare('select count(*) as names from name_attempt').get()).toEqual({ names: 6 });
  db.close();
});

describe('what lies beside the entries', () => {
  const inLedger = (...statements: readonly string[]) => {
    const db = new DatabaseSync(join(folder, 'ledger.db'), { defensive: false });
    for (const sql of statements) db.exec(sql);
    db.close();
  };
  const blocked = () => verdicts(Array.from({ length: 6 }, () => miss()));

  test.each([
    ['a block ended', 'update budget set blocked_until = null'],
    ['a block prolonged', 'update budget set blocked_until = blocked_until + 1'],
    ['a failure forgotten', `update budget set failed_at = json_remove(failed_at, '$[0]')`],
    ['a failure moved', `update budget set failed_at = json_set(failed_at, '$[0]', 1)`],
    ['a row removed', 'delete from budget'],
    ['a row for an account without entries', `insert into budget values ('acc_x', 'cpr', '[1]', null)`],
    ['a block where there is no budget', `insert into budget values ('acc_a', 'ssn', '[]', 9)`],
    ['no list of times', `update budget set failed_at = 'none'`],
  ])('a budget that was edited is damage: %s', async (_, sql) => {
    await blocked();
    await record([draft({ account: 'acc_b' })]);
    expect(await verify()).toMatchObject({ kind: 'intact' });
    inLedger(sql);
    expect(await verify()).toMatchObject({
      kind: 'damaged',
      entry: null,
      reason: expect.stringMatching(/budget/),
    });
  });

  test('a clock that was set back is damage', async () => {
    await record([draft()]);
    inLedger('update tree set clock = clock - 1');
    expect(await verify()).toMatchObject({ kind: 'damaged', reason: expect.stringMatching(/clock/) });
  });

  test.each(['account', 'subject', 'reference'])(
    'an index by %s that was edited is damage',
    async (column) => {
      await record([draft(), draft(), draft()]);
      const name = `entry_by_${column}`;
      const hex = randomBytes(16).toString('hex');
      // While the index is not known of, the entry gets its value back and the index keeps the other one.
      inLedger(
        `create table kept as select *, (select ${column} from entry where id = 2) as was from sqlite_schema where name = '${name}'`,
        `update entry set ${column} = ${column === 'account' ? `'acc_z'` : `x'${hex}'`} where id = 2`,
        `pragma writable_schema = on; delete from sqlite_schema where name = '${name}'`,
      );
      inLedger(
        `update entry set ${column} = (select was from kept) where id = 2`,
        `pragma writable_schema = on; insert into sqlite_schema select type, name, tbl_name, rootpage, sql from kept`,
      );
      inLedger('drop table kept');
      expect(await verify()).toMatchObject({ kind: 'damaged', reason: expect.stringContaining(name) });
    },
  );
});

describe('when the database is not to be had', () => {
  test('a foreign lock: refused within a second, and working again afterwards', async () => {
    // The first start of the writer thread is given more time.
    await journal.probe();
    const foreign = new DatabaseSync(join(folder, 'ledger.db'));
    foreign.exec('begin immediate');
    const refused = async () => expect((await journal.record(draft())).kind).toBe('not-recorded');
    expect(await quickestMs(1000, refused)).toBeLessThan(1000);
    expect(await journal.probe()).not.toBeNull();
    foreign.exec('rollback');
    foreign.close();
    await expect.poll(() => journal.probe()).toBeNull();
    expect((await journal.record(draft())).kind).toBe('recorded');
    expect((await verify()).kind).toBe('intact');
  });
});

describe('the roots that are kept of parts of the tree', () => {
  const change = (sql: string): void => {
    const db = new DatabaseSync(join(folder, 'ledger.db'));
    db.exec(sql);
    db.close();
  };
  const kept = (): unknown[] => {
    const db = new DatabaseSync(join(folder, 'ledger.db'));
    const rows = db.prepare('select height, position, hex(root) from subtree').all();
    db.close();
    return rows;
  };
  const prove = async (entry: number): Promise<string> => {
    const stored = await openStoredLedger(folder);
    try {
      return (await proveEntry(stored, signer, entry, now)).proof;
    } finally {
      await stored.close();
    }
  };

  beforeEach(async () => {
    await record(Array.from({ length: 520 }, () => draft()));
  });

  test('are made for a ledger that was written before there were any', async () => {
    const before = kept();
    expect(before).toHaveLength(2);
    await journal.close();
    change(`delete from subtree; pragma user_version = ${LEDGER_MIGRATIONS.length - 1}`);
    journal = open();
    expect(kept()).toEqual(before);
  });

  test('may be missing: proofs are the same, and nothing is damaged', async () => {
    const before = await prove(3);
    change('delete from subtree');
    expect(await prove(3)).toBe(before);
    expect((await verify()).kind).toBe('intact');
  });

  test('are damaged when one is another, and no proof is made of it', async () => {
    await prove(1);
    change('update subtree set root = randomblob(32) where position = 1');
    expect(await verify()).toMatchObject({ kind: 'damaged', entry: null });
    await expect(prove(3)).rejects.toMatchObject({ code: 'ledger-unreadable' });
  });

  test('are damaged when there is one of no entries', async () => {
    change('insert into subtree values (8, 99, randomblob(32))');
    expect(await verify()).toMatchObject({ kind: 'damaged', entry: null });
  });
});
