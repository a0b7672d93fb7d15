import { createSecretKey } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { temporaryFolder } from '@vidimus/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RecordKind } from '../record-kind.ts';
import { RowBatchBuilder, SUBJECT_BYTES, sealedAt } from '../row-batch.ts';
import { sealEncoded } from '../sealed-record.ts';
import { openRegister } from './open-register.ts';
import { beginDraft } from './register-draft.ts';
import { rollBack } from './roll-back.ts';
import { registerStatistics } from './statistics.ts';

const ring = (byte: number) => ({
  current: 1,
  byVersion: new Map([[1, createSecretKey(Buffer.alloc(32, byte))]]),
});
const KEYS = { register: ring(1), subject: ring(2) };
const TEXTS: RecordKind<string> = {
  encode: (text) => Buffer.from(text),
  decode: (bytes) => bytes.toString(),
  tallyKey: () => 'text',
};
const ROAD = { name: 'Skovvej', fullName: 'Skovvej', postcode: '9000', postDistrict: 'Aalborg' };

const subjectOf = (number: number) => Buffer.alloc(SUBJECT_BYTES, number);

/** What an import writes, by number; null takes the record away. */
type Changes = ReadonlyMap<number, string | null>;

async function write(folder: string, changes: Changes, worthALayerBytes: number): Promise<void> {
  const held = await read(folder);
  const draft = beginDraft(folder, KEYS, worthALayerBytes);
  await draft.expect(changes.size);
  const ascending = [...changes].sort(([a], [b]) => a - b);
  // Two batches, as of two buckets.
  for (const half of [ascending.slice(0, 2), ascending.slice(2)]) {
    const subjects = Uint8Array.from(Buffer.concat(half.map(([number]) => subjectOf(number))));
    const before = await draft.held(subjects);
    half.forEach(([number], row) => {
      expect(sealedAt(before, row).length > 0).toBe(held.has(number));
    });
    const rows = new RowBatchBuilder(half.length, 16);
    for (const [number, text] of half) {
      const subject = subjectOf(number);
      rows.add(
        subject,
        text === null ? new Uint8Array() : sealEncoded(KEYS.register, subject, Buffer.from(text)),
      );
    }
    await draft.replace(rows.finish());
  }
  const grown = applied(held, changes).size - held.size;
  await draft.noteRoads([{ code: { municipalityCode: '0851', roadCode: String(changes.size) }, road: ROAD }]);
  await draft.count(new Map([['text', grown]]));
  await draft.moveChain('110901', '2026-01-05');
  await draft.adopt({}, 1);
}

function applied(held: ReadonlyMap<number, string>, changes: Changes): Map<number, string> {
  const next = new Map(held);
  for (const [number, text] of changes) {
    if (text === null) next.delete(number);
    else next.set(number, text);
  }
  return next;
}

const NUMBERS = Array.from({ length: 41 }, (_, number) => number);

async function read(folder: string): Promise<Map<number, string>> {
  const register = await openRegister(folder, KEYS, TEXTS, () => Promise.resolve());
  const found = new Map<number, string>();
  for (const number of NUMBERS) {
    const finding = await register.find(subjectOf(number));
    if (finding.kind === 'held') found.set(number, finding.record);
  }
  await register.close();
  return found;
}

const newFolder = () => temporaryFolder();
const FIRST: Changes = new Map(NUMBERS.slice(0, 40).map((number) => [number, `first ${number}`]));
const isLayer = (folder: string) => registerStatistics(folder)?.generation.includes('-on-') === true;

test('any imports give what they say, whether the next generation is whole or a layer', async () => {
  const changes = fc.uniqueArray(
    fc.tuple(fc.constantFrom(...NUMBERS), fc.oneof(fc.constantFrom('a', 'b'), fc.constant(null))),
    { selector: ([number]) => number, maxLength: 5 },
  );
  let layers = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(changes, fc.constantFrom(0, Number.POSITIVE_INFINITY)), { maxLength: 4 }),
      async (imports) => {
        const folder = newFolder();
        let model = applied(new Map(), FIRST);
        await write(folder, FIRST, 0);
        for (const [list, worthALayerBytes] of imports) {
          const before = model;
          model = applied(model, new Map(list));
          await write(folder, new Map(list), worthALayerBytes);
          expect(await read(folder)).toEqual(model);
          expect(registerStatistics(folder)).toMatchObject({ records: model.size, canRollBack: true });
          if (isLayer(folder)) layers++;
          rollBack(folder);
          expect(await read(folder)).toEqual(before);
          await write(folder, new Map(list), worthALayerBytes);
          expect(await read(folder)).toEqual(model);
        }
      },
    ),
    { numRuns: 10 },
  );
  expect(layers).toBeGreaterThan(0);
});

test('a layer that has grown too large gives way to a whole generation, and nothing is kept that nobody needs', async () => {
  const folder = newFolder();
  const files = () => readdirSync(folder).filter((name) => name.endsWith('.db'));
  await write(folder, FIRST, 0);
  await write(folder, new Map([[1, 'a']]), 0);
  await write(folder, new Map([[2, 'b']]), 0);
  expect(files().sort()).toEqual(['000001.db', '000002-on-000001.db', '000003-on-000001.db']);
  await write(folder, new Map([3, 4, 5, 6].map((number) => [number, 'c'])), 0);
  expect(files().sort()).toEqual(['000001.db', '000003-on-000001.db', '000004.db']);
  await write(folder, new Map([[2, null]]), 0);
  expect(files().sort()).toEqual(['000004.db', '000005-on-000004.db']);
  expect((await read(folder)).get(1)).toBe('a');
  expect((await read(folder)).has(2)).toBe(false);
});

test('a layer shows the roads under it with its own', async () => {
  const folder = newFolder();
  await write(folder, FIRST, 0);
  await write(folder, new Map([[1, 'a']]), 0);
  expect(isLayer(folder)).toBe(true);
  const register = await openRegister(folder, KEYS, TEXTS, () => Promise.resolve());
  expect(await register.road({ municipalityCode: '0851', roadCode: '40' })).toEqual(ROAD);
  expect(await register.roadNames('9000')).toEqual(['Skovvej', 'Skovvej']);
  await register.close();
});

test('a draft that is given up leaves nothing, and the next one may begin', async () => {
  const folder = newFolder();
  await write(folder, FIRST, 0);
  const draft = beginDraft(folder, KEYS);
  expect(() => beginDraft(folder, KEYS)).toThrow(expect.objectContaining({ code: 'import-running' }));
  await draft.discard();
  expect(readdirSync(folder).sort()).toEqual(['000001.db', 'current', 'import.lock']);
  await beginDraft(folder, KEYS).discard();
});
