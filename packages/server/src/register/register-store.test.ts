import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { onEitherStore } from '../accounts/either-store.fixture.ts';
import type { DataFolder } from '../storage/data-folder.ts';
import { makeKeyFile, readKeyFile } from '../storage/key-file.ts';
import { keyedHash, rotateDataKey } from '../storage/keyring.ts';
import type { RegisterDraft } from './draft.ts';
import { makeRegisterTables, postgresRegister } from './postgres/postgres-register.ts';
import type { RecordKind } from './record-kind.ts';
import type { OpenRegister, RegisterStore } from './register-store.ts';
import { RowBatchBuilder, SUBJECT_BYTES, sealedAt } from './row-batch.ts';
import { sealEncoded, unsealRecord } from './sealed-record.ts';
import { embeddedRegister } from './sqlite/embedded-register.ts';

/** Records are texts, counted by their first letter. */
const TEXTS: RecordKind<string> = {
  encode: (text) => Buffer.from(text),
  decode: (bytes) => bytes.toString(),
  tallyKey: (text) => text.slice(0, 1),
};

type Changes = Readonly<Record<string, string | null>>;

async function storeOf(folder: DataFolder): Promise<RegisterStore> {
  if (folder.database === null) return embeddedRegister(join(folder.path, 'registers/cpr'), folder.keyring);
  await makeRegisterTables(folder.database);
  return postgresRegister(folder.database, 'cpr', folder.keyring);
}

const subjectOf = ({ keyring }: DataFolder, name: string): Buffer =>
  keyedHash(keyring.subject, name).subarray(0, SUBJECT_BYTES);

/** Fills a draft as an import does: in the order of the keys, what is held asked for first. */
async function fill(folder: DataFolder, draft: RegisterDraft, changes: Changes): Promise<void> {
  const rows = Object.entries(changes)
    .map(([name, text]) => ({ subject: subjectOf(folder, name), text }))
    .sort((a, b) => Buffer.compare(a.subject, b.subject));
  await draft.expect(rows.length);
  const subjects = new Uint8Array(Buffer.concat(rows.map(({ subject }) => subject)));
  const held = draft.isEmpty ? null : await draft.held(subjects);
  const tally = new Map<string, number>();
  const count = (key: string, more: number) => tally.set(key, (tally.get(key) ?? 0) + more);
  const batch = new RowBatchBuilder(rows.length, 100);
  rows.forEach(({ subject, text }, row) => {
    const before = held === null ? new Uint8Array() : sealedAt(held, row);
    if (before.length > 0)
      count(TEXTS.tallyKey(unsealRecord(TEXTS, folder.keyring.register, subject, before)), -1);
    if (text !== null) count(TEXTS.tallyKey(text), 1);
    batch.add(
      subject,
      text === null ? new Uint8Array() : sealEncoded(folder.keyring.register, subject, TEXTS.encode(text)),
    );
  });
  await draft.replace(batch.finish());
  await draft.count(tally);
}

async function importInto(folder: DataFolder, store: RegisterStore, changes: Changes, at = 1): Promise<void> {
  const draft = await store.begin();
  await fill(folder, draft, changes);
  await draft.adopt({ changes: Object.keys(changes).length }, at);
}

async function textOf(folder: DataFolder, open: OpenRegister<string>, name: string): Promise<string> {
  const finding = await open.find(subjectOf(folder, name));
  return finding.kind === 'held' ? finding.record : finding.kind;
}

const noNewKeys = () => Promise.resolve();

onEitherStore('a register', (temporary) => {
  test('is empty, then holds what an import brought, for everybody who has it open', async () => {
    await using accounts = await temporary();
    const { folder } = accounts;
    const store = await storeOf(folder);
    const open = await store.open(TEXTS, noNewKeys);
    expect(await textOf(folder, open, 'a')).toBe('unreachable');
    expect([open.isEmpty(), open.trouble(), await store.statistics()]).toEqual([
      true,
      'nothing has been imported yet',
      null,
    ]);
    await importInto(folder, store, { a: 'anna', b: 'bent', c: 'birte' }, 7);
    await vi.waitFor(async () => expect(await textOf(folder, open, 'a')).toBe('anna'), { timeout: 5000 });
    expect(await textOf(folder, open, 'x')).toBe('absent');
    expect([open.isEmpty(), open.trouble()]).toEqual([false, null]);
    expect(await store.statistics()).toMatchObject({
      records: 3,
      tally: { a: 1, b: 2 },
      imports: 1,
      lastImport: 7,
      chain: [],
      canRollBack: false,
    });
    await open.close();
  });

  test('shows nothing of an import before it is adopted, and nothing at all of one that is given up', async () => {
    await using accounts = await temporary();
    const { folder } = accounts;
    const store = await storeOf(folder);
    await importInto(folder, store, { a: 'anna' });
    const open = await store.open(TEXTS, noNewKeys);
    const draft = await store.begin();
    await fill(folder, draft, { a: 'other', b: 'bent' });
    await draft.moveChain('T', '2026-01-01');
    expect(await draft.chainPosition('T')).toBe('2026-01-01');
    await expect(store.begin()).rejects.toMatchObject({ code: 'import-running' });
    await expect(store.rollBack()).rejects.toMatchObject({ code: 'import-running' });
    expect(await textOf(folder, open, 'a')).toBe('anna');
    await draft.discard();
    expect(await store.statistics()).toMatchObject({ records: 1, tally: { a: 1 }, imports: 1, chain: [] });
    // What was given up is in nobody's way, however soon somebody begins again.
    for (let again = 0; again < 20; again += 1) await (await store.begin()).discard();
    await importInto(folder, store, { c: 'carl' });
    const again = await store.open(TEXTS, noNewKeys);
    expect([
      await textOf(folder, again, 'a'),
      await textOf(folder, again, 'b'),
      await textOf(folder, again, 'c'),
    ]).toEqual(['anna', 'absent', 'carl']);
    await open.close();
    await again.close();
  });

  test('goes back by one import, with its counts, chain and roads, and forward again by the next', async () => {
    await using accounts = await temporary();
    const { folder } = accounts;
    const store = await storeOf(folder);
    const code = { municipalityCode: '0101', roadCode: '0001' };
    const road = (name: string, postcode: string) => ({ name, fullName: '', postcode, postDistrict: 'By' });
    for (const [name, postcode, date] of [
      ['Gade', '1000', '2026-01-01'],
      ['Vej', '2000', '2026-01-02'],
    ] as const) {
      const draft = await store.begin();
      await fill(folder, draft, name === 'Gade' ? { a: 'anna', b: 'bent' } : { a: null, b: 'birte' });
      await draft.noteRoads([{ code, road: road(name, postcode) }]);
      await draft.moveChain('T', date);
      await draft.adopt({}, 1);
    }
    const seen = async () => {
      const open = await store.open(TEXTS, noNewKeys);
      try {
        return [
          await textOf(folder, open, 'a'),
          await textOf(folder, open, 'b'),
          (await open.road(code))?.name,
          await open.roadNames('1000'),
          await open.roadNames('2000'),
          (await store.statistics())?.chain[0]?.productionDate,
          (await store.statistics())?.tally,
        ];
      } finally {
        await open.close();
      }
    };
    expect(await seen()).toEqual(['absent', 'birte', 'Vej', [], ['Vej'], '2026-01-02', { b: 1 }]);
    await store.rollBack();
    expect(await seen()).toEqual(['anna', 'bent', 'Gade', ['Gade'], [], '2026-01-01', { a: 1, b: 1 }]);
    await expect(store.rollBack()).rejects.toMatchObject({ code: 'rollback-impossible' });
    await importInto(folder, store, { c: 'carl' });
    expect((await seen()).slice(0, 2)).toEqual(['anna', 'bent']);
  });

  test('is what a map would be after any imports and rollbacks', async () => {
    const names = fc.constantFrom('a', 'b', 'c', 'd');
    const texts = fc.option(fc.constantFrom('xx', 'yy', 'zz'), { nil: null });
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.dictionary(names, texts) },
      fc.constant('back' as const),
    );
    await using accounts = await temporary();
    const { folder } = accounts;
    const store = await storeOf(folder);
    // One register goes through all of it: each run begins with what the one before has left.
    let model = new Map<string, string>();
    let before: typeof model | null = null;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 6 }), async (steps) => {
        for (const each of steps) {
          if (each !== 'back') {
            await importInto(folder, store, each);
            before = (await store.statistics())?.canRollBack ? model : null;
            model = new Map(model);
            for (const [name, text] of Object.entries(each)) {
              if (text === null) model.delete(name);
              else model.set(name, text);
            }
          } else if (before !== null) {
            await store.rollBack();
            model = before;
            before = null;
          }
        }
        const open = await store.open(TEXTS, noNewKeys);
        const nothing = open.isEmpty() ? 'unreachable' : 'absent';
        for (const name of ['a', 'b', 'c', 'd']) {
          expect(await textOf(folder, open, name)).toBe(model.get(name) ?? nothing);
        }
        await open.close();
        expect((await store.statistics())?.records ?? 0).toBe(model.size);
      }),
      { numRuns: 15 },
    );
  });

  test('is sealed anew under a new key, all of it', async () => {
    await using accounts = await temporary();
    const { folder } = accounts;
    const store = await storeOf(folder);
    await importInto(folder, store, { a: 'anna', b: 'bent' });
    await importInto(folder, store, { a: 'annika' });
    const keyFile = join(folder.path, 'key');
    await rotateDataKey(folder.control, readKeyFile(keyFile) ?? makeKeyFile(keyFile), 'register', 1);
    await folder.refreshKeys();
    expect(await store.countStale()).toBeGreaterThan(0);
    expect(await store.reseal()).toBeGreaterThan(0);
    expect(await store.countStale()).toBe(0);
    const open = await store.open(TEXTS, noNewKeys);
    expect([await textOf(folder, open, 'a'), await textOf(folder, open, 'b')]).toEqual(['annika', 'bent']);
    await open.close();
  });
});
