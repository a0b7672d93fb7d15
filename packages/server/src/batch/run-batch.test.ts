import { join } from 'node:path';
import { Readable } from 'node:stream';
import { temporaryFolder } from '@vidimus/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSettings } from '../accounts/settings.ts';
import { Failure } from '../failure.ts';
import { chunkOf, newBatch } from '../journal/batch-chunk.fixture.ts';
import type { Batch } from '../journal/batch-journal.ts';
import type { LedgerKeys } from '../journal/ledger-keys.ts';
import { EVERY_RECORD } from '../journal/records.ts';
import { openJournal } from '../journal/sqlite/open-journal.ts';
import { openDataFolder } from '../storage/data-folder.ts';
import type { AskedRows, RowsToAsk } from './ask-rows.ts';
import { readLayout } from './layout.ts';
import { batchRights } from './rights.ts';
import { runBatch } from './run-batch.ts';

const ROWS = 3000;
const TEXT = `ssn,firstName,lastName\n${'123-45-6789,John,Doe\n'.repeat(ROWS)}`;
const INPUT = {
  name: 'rows.csv',
  read: (from: number) => Readable.from([Buffer.from(TEXT).subarray(from)]),
};
const RIGHTS = batchRights({ settings: readSettings({}), disabledAt: null }, false);

let keys: LedgerKeys;
let journal: ReturnType<typeof openJournal>;
let job: Batch;

beforeEach(async () => {
  const path = temporaryFolder();
  const folder = await openDataFolder(path, join(path, 'vidimus.key'), null, Date.now());
  keys = { ledger: folder.keyring.ledger, subject: folder.keyring.subject };
  await folder.close();
  journal = openJournal(path, keys, Date.now);
  const created = await journal.batches.create(newBatch({ kind: 'ssn-verify' }), null);
  if (created.kind !== 'created') throw new Error(created.kind);
  ({ job } = created);
});
afterEach(() => journal.close());

/** Finds everybody; which row a result is about stands in its text. */
async function askedAbout({ firstRow, lines }: RowsToAsk): Promise<AskedRows> {
  const asked = chunkOf(
    keys,
    job,
    firstRow,
    lines.map(() => 'found'),
  );
  return { kind: 'asked', ...asked };
}

async function run(
  ask: (rows: RowsToAsk) => Promise<AskedRows>,
  rights: () => Promise<typeof RIGHTS> = async () => RIGHTS,
): Promise<{ readonly after: Batch; readonly results: string }> {
  const layout = await readLayout(INPUT.read(0), null);
  if (layout.kind === 'fault') throw new Error(layout.code);
  let results = '';
  const after = await runBatch(
    { journal: journal.batches, pool: { threads: 1, ask }, today: () => '2026-11-20', rights },
    job,
    { input: INPUT, layout },
    {
      signal: new AbortController().signal,
      deliver: async (lines) => {
        results += lines.toString('utf8');
      },
    },
  );
  return { after, results };
}

test('who comes back to a job that another one has worked on writes nothing and says so', async () => {
  let isDone: (value: unknown) => void = () => undefined;
  const done = new Promise((resolve) => {
    isDone = resolve;
  });
  // It stands still with its first chunks at hand until the other one is through.
  const late = run(async (rows) => {
    await done;
    return askedAbout(rows);
  });
  const { after, results } = await run(askedAbout);
  isDone(null);
  await expect(late).rejects.toMatchObject({ code: 'batch-running' });
  expect(after.rows).toBe(ROWS);
  expect(results.split('\n')).toHaveLength(ROWS + 1);
  expect(await journal.count(EVERY_RECORD)).toBe(ROWS);
  expect((await journal.batches.job(job))?.chunks).toBe(after.chunks);
});

test('a database that is gone for a moment, and rows that cannot be asked about then, are tried again', async () => {
  let asked = 0;
  let looks = 0;
  const { after } = await run(
    async (rows) => {
      asked += 1;
      return asked === 2 ? { kind: 'unavailable' } : askedAbout(rows);
    },
    async () => {
      looks += 1;
      if (looks === 3) throw new Failure('database-unreachable');
      return RIGHTS;
    },
  );
  expect(after).toMatchObject({ state: 'running', rows: ROWS });
  expect(await journal.count(EVERY_RECORD)).toBe(ROWS);
});
