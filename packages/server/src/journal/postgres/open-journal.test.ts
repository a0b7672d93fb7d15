import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { HAS_POSTGRES, startPostgres, type TestPostgres, temporaryFolder } from '@vidimus/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openDataFolder } from '../../storage/data-folder.ts';
import type { Postgres } from '../../storage/database.ts';
import { readDatabaseAddress } from '../../storage/postgres/address.ts';
import { openPostgres } from '../../storage/postgres/open-postgres.ts';
import { verifyLedger } from '../audit/verify.ts';
import type { Draft } from '../entry.ts';
import type { Journal } from '../journal.ts';
import type { LedgerKeys } from '../ledger-keys.ts';
import { growTree } from './grow-tree.ts';
import { openAuditIn, openJournalIn } from './in-database.ts';
import { takeTurn } from './tree-row.ts';

const A_SECOND_MS = 1000;

describe.skipIf(!HAS_POSTGRES)('the journal in a database', () => {
  let server: TestPostgres;
  let url: string;
  let db: Postgres;
  let keys: LedgerKeys;
  let journal: Journal;

  beforeAll(async () => {
    server = await startPostgres();
    const path = temporaryFolder();
    const folder = await openDataFolder(path, join(path, 'vidimus.key'), null, Date.now());
    keys = { ledger: folder.keyring.ledger, subject: folder.keyring.subject };
    await folder.close();
  });
  beforeEach(async () => {
    url = await server.database();
    const address = readDatabaseAddress(url);
    if (typeof address === 'string') throw new Error(address);
    db = await openPostgres(address);
    journal = await openJournalIn(db, keys);
  });
  afterEach(async () => {
    await journal.close();
    await db.close();
  });
  afterAll(() => server.stop());

  const draft = (part: Partial<Draft> = {}): Draft => ({
    account: 'acc_a',
    credential: 'crd_1',
    surface: 'cpr',
    register: 'cpr',
    operation: 'lookup',
    subject: randomBytes(16),
    reference: null,
    context: null,
    summary: null,
    use: 'hit',
    outcome: 'found',
    ...part,
  });
  const verify = () =>
    verifyLedger(() => openAuditIn(db), { keys, trust: { origin: 'nobody has signed', keys: [] } });
  const change = (statement: string) => server.query(url, statement);

  test('frozen: refused within a second, an early look at the budget is no obstacle; then all is well', async () => {
    await journal.record(draft());
    server.signal('SIGSTOP');
    const begun = performance.now();
    expect((await journal.budget('acc_a', 'cpr')).blockedUntil).toBeNull();
    expect((await journal.record(draft())).kind).toBe('not-recorded');
    expect(performance.now() - begun).toBeLessThan(A_SECOND_MS + 500);
    expect(await journal.probe()).not.toBeNull();
    server.signal('SIGCONT');
    await expect.poll(() => journal.probe(), { timeout: 10_000 }).toBeNull();
    expect((await journal.record(draft())).kind).toBe('recorded');
    expect((await verify()).kind).toBe('intact');
  });

  test('whoever comes back with an old turn adds nothing', async () => {
    await journal.record(draft());
    expect(await journal.numberOf('acc_a', 1)).toBe(1);
    await journal.close();
    const old = await takeTurn(db, 'old');
    await db.run('update ledger_tree set until = 0');
    expect(await takeTurn(db, 'new')).not.toBeNull();
    journal = await openJournalIn(db, keys);
    await journal.record(draft());
    if (old === null) throw new Error('Nobody else has the turn.');
    await expect(db.unhurried((line) => growTree(line, old))).rejects.toMatchObject({ code: 'storage-busy' });
    await db.run('update ledger_tree set until = 0');
    expect(await journal.numberOf('acc_a', 2)).toBe(2);
    expect(await verify()).toMatchObject({ kind: 'intact', entries: 2 });
  });

  test.each([
    ['changed', `update vidimus.entry set leaf = 'x' where account = 'acc_a' and id = 2`],
    ['removed', `delete from vidimus.entry where account = 'acc_a' and id = 2`],
  ])('an entry that was %s before it was in the tree is told of, and others go on', async (_, damage) => {
    await journal.record(draft());
    await journal.close();
    // Nobody adds to the tree meanwhile.
    await db.run(`update ledger_tree set until = ${Date.now() + 1_000_000_000}`);
    journal = await openJournalIn(db, keys);
    await journal.record(draft());
    await change(damage);
    await db.run('update ledger_tree set until = 0');
    await journal.record(draft({ account: 'acc_b' }));
    expect(await journal.numberOf('acc_b', 1)).toBe(2);
    await expect.poll(() => journal.treeTrouble()).toMatch('acc_a');
    expect((await verify()).kind).toBe('damaged');
  });

  test('parts of the tree that no root is kept of get theirs with the next turn', async () => {
    await Promise.all(Array.from({ length: 520 }, () => journal.record(draft())));
    expect(await journal.numberOf('acc_a', 520)).toBe(520);
    const kept = () => db.all('select height, position, root from subtree order by height, position');
    const before = await kept();
    expect(before).toHaveLength(2);
    await journal.close();
    await db.run('delete from subtree where position = 0');
    expect((await verify()).kind).toBe('intact');
    journal = await openJournalIn(db, keys);
    await expect.poll(kept, { timeout: 10_000 }).toEqual(before);
    await change(`update vidimus.subtree set root = sha256('x') where position = 1`);
    expect(await verify()).toMatchObject({ kind: 'damaged', entry: null });
  });

  test.each([
    ['a budget', `update vidimus.ledger_account set budgets = '{}' where account = 'acc_a'`],
    ['a place in the tree', `update vidimus.tree_leaf set position = position + 1 where id = 6`],
    ['a time', `update vidimus.entry set at = at + 1 where id = 3`],
    ['the details of another entry', 'update vidimus.entry set details = null where id = 3'],
    ['the last entry', 'delete from vidimus.entry where id = 6'],
    [
      'the last entry with its account and its place',
      `delete from vidimus.tree_leaf where id = 6; delete from vidimus.entry where id = 6;
       update vidimus.ledger_account set last_id = 5, sequenced = 5 where account = 'acc_a'`,
    ],
  ])('who changes %s is found', async (_, damage) => {
    const misses = Array.from({ length: 6 }, () => draft({ use: 'miss', outcome: 'unknown' }));
    await Promise.all(misses.map((miss) => journal.record(miss)));
    expect(await journal.numberOf('acc_a', 6)).toBe(6);
    expect(await verify()).toMatchObject({ kind: 'intact', entries: 6 });
    for (const statement of damage.split(';')) await change(statement);
    expect((await verify()).kind).toBe('damaged');
  });
});
