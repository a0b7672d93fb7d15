import { afterEach, beforeEach, expect, test } from 'vitest';
import { chunkOf, newBatch } from '../journal/batch-chunk.fixture.ts';
import type { BatchJournal } from '../journal/batch-journal.ts';
import type { Journal } from '../journal/journal.ts';
import { STORES, type TestLedger } from '../journal/journal-stores.fixture.ts';
import { forgetLapsed, giveUp } from './give-up.ts';

const DAY = 86_400_000;
const START = 1_800_000_000_000;
const [store] = STORES;
let now = START;
let ledger: TestLedger;
let journal: Journal & { readonly batches: BatchJournal };

beforeEach(async () => {
  now = START;
  ledger = (await store?.ledger(now)) as TestLedger;
  journal = await ledger.open({ wall: () => now, monotonic: () => now });
});
afterEach(() => journal.close());

test('results go when they have been kept for long enough, and what stood still is given up', async () => {
  const { batches } = journal;
  const [done, stopped, fresh] = ['bat_1', 'bat_2', 'bat_3'].map((id) => newBatch({ id, isUploaded: true }));
  for (const job of [done, stopped, fresh]) {
    if (job === undefined) throw new Error('no job');
    await batches.create(job, null);
    await batches.uploads.keep(job, 0, Buffer.from('rows'));
    await batches.commitChunk(chunkOf(ledger.keyring, job, 0, ['found']));
    now += DAY;
    await batches.turn(job, ['running'], job === stopped ? 'stopped' : 'finished', null);
  }
  const kept = () =>
    Promise.all(
      [done, stopped, fresh].map(async (job) => {
        if (job === undefined) throw new Error('no job');
        const state = (await batches.job(job))?.state;
        const pieces = [await batches.uploads.piece(job, 0), await batches.results(job, 0)];
        return [state, ...pieces.map((one) => one !== null)];
      }),
    );
  // Rows that nobody will read go at once; the fresh one's, too.
  await forgetLapsed(batches, 2 * DAY, now);
  expect(await kept()).toEqual([
    ['finished', false, true],
    ['stopped', true, true],
    ['finished', false, true],
  ]);
  await forgetLapsed(batches, DAY / 2, now);
  expect(await kept()).toEqual([
    ['finished', false, false],
    ['cancelled', false, false],
    ['finished', false, true],
  ]);
  expect(await giveUp(batches, newBatch({ id: 'bat_4' }))).toBeNull();
});
