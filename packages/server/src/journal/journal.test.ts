import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { leafHash, linesOf, verifyExport, verifyTlogProof } from '@vidimus/ledger';
import { temporaryFolder } from '@vidimus/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { exportLedger } from './audit/export-ledger.ts';
import { proveEntry } from './audit/prove-entry.ts';
import { signTree } from './audit/sign-tree.ts';
import { draft, erasure, miss } from './draft.fixture.ts';
import type { Draft } from './entry.ts';
import type { Journal } from './journal.ts';
import { STORES, type TestLedger } from './journal-stores.fixture.ts';
import { ed25519Verify } from './ledger-signer.ts';
import { EVERY_RECORD, type RecordQuery } from './records.ts';
import { sha256 } from './sha256.ts';
import type { StoredLedger } from './stored-ledger.ts';

const HOUR = 3_600_000;
const START = 1_800_000_000_000;

/** What every store of the journal promises. */
describe.each(STORES)('$name', (store) => {
  let ledger: TestLedger;
  let now: number;
  /** How far the clock is off. */
  let step: number;
  let journal: Journal;

  beforeAll(() => store.start(), 60_000);
  afterAll(() => store.stop());
  beforeEach(async () => {
    now = START;
    step = 0;
    ledger = await store.ledger(now);
    journal = await open();
  });
  afterEach(() => journal.close());

  /** Time passes with `now`; `step` is added by whoever sets the clock. */
  const open = () => ledger.open({ wall: () => now + step, monotonic: () => now });
  const verify = () => ledger.verify();
  const record = (drafts: readonly Draft[]) => Promise.all(drafts.map((each) => journal.record(each)));

  async function verdicts(drafts: readonly Draft[]): Promise<string[]> {
    return (await record(drafts)).map((result) =>
      result.kind === 'recorded' ? result.recorded.verdict.kind : result.fault,
    );
  }

  describe('the budget under its lock', () => {
    test('300 parallel misses: five allowed', async () => {
      const kinds = await verdicts(Array.from({ length: 300 }, () => miss()));
      expect(kinds.filter((kind) => kind === 'allowed')).toHaveLength(5);
      expect(kinds.filter((kind) => kind === 'blocked')).toHaveLength(295);
    });

    test('a block lasts 24 hours from the sixth failure, refused requests do not prolong it', async () => {
      await verdicts(Array.from({ length: 6 }, () => miss()));
      now += 23 * HOUR;
      expect(await verdicts([draft(), miss(), draft({ use: 'refused', outcome: 'blocked' })])).toEqual(
        Array(3).fill('blocked'),
      );
      now += HOUR - 1;
      expect(await verdicts([draft()])).toEqual(['blocked']);
      now += 1;
      expect(await verdicts([draft(), miss()])).toEqual(['allowed', 'allowed']);
    });

    test('survives a restart', async () => {
      await verdicts(Array.from({ length: 4 }, () => miss()));
      await journal.close();
      journal = await open();
      expect(await verdicts([miss(), miss(), draft()])).toEqual(['allowed', 'blocked', 'blocked']);
      expect((await journal.budget('acc_a', 'cpr')).blockedUntil).toBe(START + 24 * HOUR);
    });

    /** Set forward or back before the block begins or while it lasts, put right in the middle of it or never. */
    const STEPS = [1000, 5 * 60_000, 25 * HOUR, 2 * 365 * 24 * HOUR].flatMap((size) =>
      [size, -size].flatMap((by) => [
        { by, when: 'before', corrected: false },
        { by, when: 'before', corrected: true },
        { by, when: 'during', corrected: false },
        { by, when: 'during', corrected: true },
      ]),
    );
    test.each(STEPS)(
      'a clock stepped by $by ms $when a block, corrected: $corrected: 24 hours',
      async (set) => {
        await verdicts([draft()]);
        if (set.when === 'before') step = set.by;
        await verdicts(Array.from({ length: 6 }, () => miss()));
        step = set.by;
        now += 12 * HOUR;
        expect(await verdicts([draft()])).toEqual(['blocked']);
        if (set.corrected) step = 0;
        now += 12 * HOUR - 11_000;
        expect(await verdicts([draft()])).toEqual(['blocked']);
        expect((await journal.budget('acc_a', 'cpr')).blockedUntil).toBeGreaterThan(journal.now());
        now += 22_000;
        expect((await journal.budget('acc_a', 'cpr')).blockedUntil).toBeLessThanOrEqual(journal.now());
        expect(await verdicts([draft()])).toEqual(['allowed']);
      },
    );

    test('started while the clock was two years ahead: a block after the correction lasts 24 hours', async () => {
      await journal.close();
      step = 2 * 365 * 24 * HOUR;
      journal = await open();
      await verdicts([draft()]);
      await journal.close();
      step = 0;
      journal = await open();
      expect(journal.clockStep()).toBe(-2 * 365 * 24 * HOUR);
      await verdicts(Array.from({ length: 6 }, () => miss()));
      now += 24 * HOUR - 1000;
      expect(await verdicts([draft()])).toEqual(['blocked']);
      now += 1000;
      expect(await verdicts([draft()])).toEqual(['allowed']);
    });

    test('neither another account nor another register shares it', async () => {
      await verdicts(Array.from({ length: 6 }, () => miss()));
      expect(await verdicts([draft({ account: 'acc_b' }), draft({ register: 'ssn' })])).toEqual([
        'allowed',
        'allowed',
      ]);
    });

    test('unlocking forgets failures and block', async () => {
      await verdicts(Array.from({ length: 6 }, () => miss()));
      await record([draft({ operation: 'unlock', use: 'refused', outcome: 'unlocked', subject: null })]);
      expect(await verdicts(Array.from({ length: 6 }, () => miss()))).toEqual([
        ...Array(5).fill('allowed'),
        'blocked',
      ]);
    });
  });

  describe('names tried for a number', () => {
    const rule = { names: 3, windowMs: HOUR };
    const number = randomBytes(16);
    const tryName = async (name: string) =>
      (await journal.tryName({ subject: number, name: Buffer.from(name), rule })).kind;

    test('so many different ones an hour, over restarts, and one that was tried may come again', async () => {
      const tried: string[] = [];
      for (const name of ['a', 'b', 'a', 'c', 'd', 'a', 'd']) tried.push(await tryName(name));
      expect(tried).toEqual([...Array(4).fill('allowed'), 'too-many', 'allowed', 'too-many']);
      await journal.close();
      journal = await open();
      expect(await tryName('d')).toBe('too-many');
      now += HOUR;
      expect(await tryName('d')).toBe('allowed');
      expect(await verify()).toMatchObject({ kind: 'intact', entries: 0 });
    });

    test('of different ones at once no more than that', async () => {
      const subject = randomBytes(16);
      const kinds = await Promise.all(
        Array.from({ length: 12 }, (_, place) =>
          journal.tryName({ subject, name: Buffer.from([place]), rule }).then(({ kind }) => kind),
        ),
      );
      expect(kinds.filter((kind) => kind === 'allowed')).toHaveLength(3);
    });
  });

  describe('the ledger', () => {
    test('keeps who, when, what, and finds it again', async () => {
      const subject = randomBytes(16);
      await record([draft({ subject, context: 'onboarding' })]);
      now += 1;
      await record([draft({ account: 'acc_b', reference: 'case 2', register: 'ssn', operation: 'verify' })]);
      now += 1;
      await record([miss({ reference: 'case 3' })]);
      const [newest, , oldest] = await journal.records(EVERY_RECORD);
      expect(newest).toMatchObject({ outcome: 'unknown', failures: 1 });
      const id = oldest?.id as number;
      expect(await journal.numberOf('acc_a', id)).toBe(1);
      expect(await journal.recordOf('acc_a', id)).toEqual({
        id,
        entry: 1,
        at: new Date(START).toISOString(),
        account: 'acc_a',
        credential: 'crd_1',
        surface: 'ssn-details',
        register: 'cpr',
        operation: 'lookup',
        outcome: 'found',
        failures: 0,
        blockedUntil: null,
        reference: 'case 1',
        context: 'onboarding',
        summary: 'Status=Active',
        purpose: null,
      });
      const found = async (part: Partial<RecordQuery>) =>
        (await journal.records({ ...EVERY_RECORD, ...part })).map(({ reference }) => reference);
      expect(await found({ subject })).toEqual(['case 1']);
      expect(await found({ account: 'acc_b' })).toEqual(['case 2']);
      expect(await found({ reference: 'case 2' })).toEqual(['case 2']);
      expect(await found({ outcome: 'unknown' })).toEqual(['case 3']);
      expect(await found({ from: START + 3 })).toEqual([]);
      expect(await found({ from: START + 1, to: START + 2 })).toEqual(['case 2']);
      expect(await found({ limit: 2 })).toEqual(['case 3', 'case 2']);
      expect(await found({ limit: 2, skip: 2 })).toEqual(['case 1']);
      expect(await found({ register: 'ssn' })).toEqual(['case 2']);
      expect(await found({ operations: ['lookup', 'verify'] })).toEqual(['case 3', 'case 2', 'case 1']);
      expect(await found({ account: 'acc_a' })).toEqual(['case 3', 'case 1']);
      expect(await found({ account: 'acc_a', before: newest?.id as number })).toEqual(['case 1']);
      expect(await journal.count({ ...EVERY_RECORD, account: 'acc_a', limit: 1 })).toBe(2);
      expect(await journal.recordOf('acc_c', id)).toBeNull();
      expect(await journal.questionsAbout(subject)).toMatchObject([{ reference: 'case 1' }]);
    });

    test('an empty one is intact', async () => {
      expect(await verify()).toMatchObject({ kind: 'intact', entries: 0 });
    });

    test("entries of many accounts at once are each in it once, each account's in their order", async () => {
      const accounts = ['acc_a', 'acc_b', 'acc_c'];
      const drafts = Array.from({ length: 90 }, (_, place) =>
        draft({ account: accounts[place % 3] as string, reference: `case ${place}` }),
      );
      const ids = (await record(drafts)).map((result) =>
        result.kind === 'recorded' ? result.recorded.id : 0,
      );
      expect(await verify()).toMatchObject({ kind: 'intact', entries: 90 });
      for (const account of accounts) {
        const own = await journal.records({ ...EVERY_RECORD, account, limit: 100 });
        expect(own.map(({ reference }) => reference)).toEqual(
          drafts
            .filter((each) => each.account === account)
            .map(({ reference }) => reference)
            .toReversed(),
        );
        expect(own.map(({ id }) => id)).toEqual(
          ids.filter((_, place) => drafts[place]?.account === account).toReversed(),
        );
        const numbers = own.map(({ entry }) => entry as number);
        expect(numbers).toEqual(numbers.toSorted((one, other) => other - one));
      }
    });

    test('two processes at once: five failures allowed, all entries in one order', async () => {
      const other = await open();
      const both = [journal, other].flatMap((each) => Array.from({ length: 50 }, () => each.record(miss())));
      const kinds = (await Promise.all(both)).map((result) =>
        result.kind === 'recorded' ? result.recorded.verdict.kind : result.fault,
      );
      expect(kinds.filter((kind) => kind === 'allowed')).toHaveLength(5);
      expect(kinds.filter((kind) => kind === 'blocked')).toHaveLength(95);
      await other.close();
      expect(await verify()).toMatchObject({ kind: 'intact', entries: 100 });
    });

    test('it can be written, which leaves no entry', async () => {
      expect(await journal.probe()).toBeNull();
      expect(await verify()).toMatchObject({ kind: 'intact', entries: 0 });
    });

    test('a budget after unlocks, blocks that ended and failures that lapsed is what the entries lead to', async () => {
      await verdicts(Array.from({ length: 6 }, () => miss()));
      await record([draft({ operation: 'unlock', outcome: 'unlocked', use: 'refused' }), miss()]);
      now += 25 * HOUR;
      await record([draft(), miss({ account: 'acc_b' }), draft({ register: 'ssn', operation: 'verify' })]);
      await verdicts(Array.from({ length: 6 }, () => miss()));
      now += 25 * HOUR;
      await record([draft({ use: 'refused', outcome: 'blocked' }), miss()]);
      expect(await verify()).toMatchObject({ kind: 'intact', entries: 19 });
    });
  });

  describe('erasing a subject', () => {
    const erase = (subject: Uint8Array) => journal.erase(subject, erasure({ account: 'operator' }));

    test('details go, the tree stays, and the ledger says so', async () => {
      const subject = randomBytes(16);
      await record([draft({ subject })]);
      await record([draft({ account: 'acc_b' })]);
      now += 1;
      await record([draft({ account: 'acc_c', subject, reference: 'case 9' })]);
      const third = (await journal.records({ ...EVERY_RECORD, account: 'acc_c' }))[0]?.id as number;
      expect(await verify()).toMatchObject({ kind: 'intact', entries: 3 });
      const erasure = await erase(subject);
      expect(erasure).toMatchObject({ kind: 'erased', erased: [1, 3] });
      expect(await verify()).toMatchObject({ kind: 'intact', entries: 4 });
      expect(await journal.records({ ...EVERY_RECORD, subject })).toEqual([]);
      expect(await journal.records({ ...EVERY_RECORD, reference: 'case 9' })).toEqual([]);
      const [said] = await journal.records({ ...EVERY_RECORD, account: 'operator' });
      expect(said).toMatchObject({ entry: 4, operation: 'erase', erased: [1, 3], context: 'GDPR 17' });
      expect(await journal.recordOf('acc_c', third)).toMatchObject({ outcome: 'found', reference: null });
    });

    test('a block neither stops an erasure nor a report, and they do not count', async () => {
      await verdicts(Array.from({ length: 6 }, () => miss()));
      expect((await erase(randomBytes(16))).kind).toBe('erased');
      expect(await verdicts([draft({ operation: 'report', outcome: 'reported' })])).toEqual(['allowed']);
      expect(await verdicts([draft()])).toEqual(['blocked']);
    });
  });

  describe('answers that are kept', () => {
    const key = Buffer.alloc(16, 1);
    const keep = { answer: 'what was answered', forMs: HOUR, repeat: { key, request: Buffer.alloc(32, 2) } };

    test('under a key until they lapse; a repetition writes nothing', async () => {
      const first = await journal.recordAndKeep(draft(), keep);
      const id = first.kind === 'recorded' ? first.recorded.id : 0;
      expect(await journal.recordAndKeep(draft(), keep)).toEqual({ kind: 'repeated' });
      expect(await journal.keptUnder('acc_a', key)).toMatchObject({ id, answer: keep.answer, at: START });
      expect(await journal.keptWith('acc_a', id)).toMatchObject({ operation: 'lookup', until: START + HOUR });
      expect(await journal.keptUnder('acc_b', key)).toBeNull();
      expect((await journal.recordAndKeep(draft({ account: 'acc_b' }), keep)).kind).toBe('recorded');
      now += HOUR;
      expect(await journal.keptUnder('acc_a', key)).toBeNull();
      expect((await journal.recordAndKeep(draft(), keep)).kind).toBe('recorded');
      expect(await verify()).toMatchObject({ kind: 'intact', entries: 3 });
    });

    test('repetitions among others leave no gap; a refused one is not kept', async () => {
      await verdicts(Array.from({ length: 5 }, () => miss()));
      const results = await Promise.all([
        journal.recordAndKeep(draft(), keep),
        journal.recordAndKeep(draft(), keep),
        journal.record(draft()),
        journal.recordAndKeep(miss(), { ...keep, repeat: { ...keep.repeat, key: Buffer.alloc(16, 3) } }),
      ]);
      expect(results.map(({ kind }) => kind)).toEqual(['recorded', 'repeated', 'recorded', 'recorded']);
      expect(await journal.keptUnder('acc_a', Buffer.alloc(16, 3))).toBeNull();
      expect(await verify()).toMatchObject({ kind: 'intact', entries: 8 });
    });
  });

  describe('the audit', () => {
    test('signs, proves and exports what the stand-alone verifier finds intact', async () => {
      const subject = randomBytes(16);
      await record([draft({ subject }), miss(), draft({ account: 'acc_b' })]);
      const first = await auditing((stored) => signTree(stored, ledger.signer, now));
      await verdicts(Array.from({ length: 6 }, () => miss()));
      await journal.erase(
        subject,
        draft({ account: 'operator', operation: 'erase', outcome: 'erased', use: 'refused', subject: null }),
      );
      const folder = temporaryFolder();
      const last = await auditing((stored) =>
        exportLedger(stored, ledger.keyring, ledger.signer, folder, now),
      );
      expect([first.size, last.size]).toEqual([3, 10]);
      const file = (name: string) => readFileSync(join(folder, name));
      const exported = {
        vkey: file('vkey'),
        checkpoint: file('checkpoint'),
        lines: linesOf([file('entries.jsonl')]),
        oldCheckpoint: Buffer.from(first.note),
      };
      expect(verifyExport(sha256, ed25519Verify, exported)).toMatchObject({
        kind: 'intact',
        entries: 10,
        erased: 1,
        prefix: 3,
      });
      const proof = await auditing((stored) => proveEntry(stored, ledger.signer, 2, now));
      const { trust } = ledger.signer;
      const hash = leafHash(sha256, Buffer.from(proof.leaf));
      expect(verifyTlogProof(sha256, ed25519Verify, trust, hash, Buffer.from(proof.proof)).kind).toBe(
        'included',
      );
      await expect(auditing((stored) => proveEntry(stored, ledger.signer, 99, now))).rejects.toMatchObject({
        code: 'entry-unknown',
      });
      expect(await ledger.verify()).toMatchObject({ kind: 'intact', entries: 10 });
    });
  });

  test('an entry of a ledger that keeps parts of its tree is proved like any other', async () => {
    await record(Array.from({ length: 520 }, () => draft()));
    const stored = await ledger.audit();
    expect(await stored.keptSubtrees(520)).toBe(2);
    const { trust } = ledger.signer;
    for (const entry of [1, 256, 257, 512, 520]) {
      const { leaf, proof } = await proveEntry(stored, ledger.signer, entry, now);
      const hash = leafHash(sha256, Buffer.from(leaf));
      const verified = verifyTlogProof(sha256, ed25519Verify, trust, hash, Buffer.from(proof));
      expect(verified.kind, `entry ${entry}`).toBe('included');
    }
    await stored.close();
    expect((await verify()).kind).toBe('intact');
  });

  async function auditing<T>(work: (stored: StoredLedger) => Promise<T>): Promise<T> {
    const stored = await ledger.audit();
    try {
      return await work(stored);
    } finally {
      await stored.close();
    }
  }
});
