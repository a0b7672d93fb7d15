import { sealedVersionSql, versionInHex } from '../../storage/sealed-version.ts';
import { type SealingKeys, seal, unseal } from '../../storage/sealing.ts';
import { type DatabaseSync, immediately } from '../../storage/sqlite.ts';
import { resultsPlace, settingsPlace } from '../batch-row.ts';
import { answerPlace } from './kept-answers.ts';
import { detailsPlace } from './ledger-rows.ts';

/** Small enough that a serving process never waits long for the lock between two batches. */
const BATCH_ROWS = 500;

/** What is sealed in the ledger, by table. Whoever erased a value in the meantime stays erased. */
const SEALED = {
  details: {
    from: 'from entry where details is not null',
    columns: 'id as at, id, details as sealed',
    column: 'details',
    replace: 'update entry set details = ? where id = ? and details is not null',
    at: 'id',
    placeOf: ({ id }: Row) => detailsPlace(id as number),
  },
  answers: {
    from: 'from kept_answer where true',
    columns: 'rowid as at, account, entry, answer as sealed',
    column: 'answer',
    replace: 'update kept_answer set answer = ? where rowid = ?',
    at: 'rowid',
    placeOf: ({ account, entry }: Row) => answerPlace(account as string, entry as number),
  },
  jobs: {
    from: 'from batch_job where true',
    columns: 'id as at, id, settings as sealed',
    column: 'settings',
    replace: 'update batch_job set settings = ? where id = ?',
    at: 'id',
    placeOf: ({ id }: Row) => settingsPlace(id as string),
  },
  results: {
    from: 'from batch_chunk where true',
    columns: 'rowid as at, job, number, results as sealed',
    column: 'results',
    replace: 'update batch_chunk set results = ? where rowid = ?',
    at: 'rowid',
    placeOf: ({ job, number }: Row) => resultsPlace(job as string, number as number),
  },
} as const;

type Row = Readonly<Record<string, unknown>>;
type Sealed = (typeof SEALED)[keyof typeof SEALED];

/** Details, answers and what batches keep that are still sealed under an older key. */
export function countStaleDetails(db: DatabaseSync, keys: SealingKeys): number {
  const countOf = (sealed: Sealed) =>
    db.prepare(`select count(*) as rows ${staleOf(sealed)}`).get(versionInHex(keys.current))?.[
      'rows'
    ] as number;
  return Object.values(SEALED).reduce((sum, sealed) => sum + countOf(sealed), 0);
}

/**
 * Seals the details of all entries, all kept answers and what batches keep under the newest key, a few hundred at a
 * time beside a serving process. Leaves and hashes stay as they are, so that every proof stays good. Killed in the
 * middle, the next call goes on.
 */
export function resealLedger(db: DatabaseSync, keys: SealingKeys, progress: (done: number) => void): number {
  return Object.values(SEALED).reduce(
    (done, sealed) => done + reseal(db, keys, sealed, (more) => progress(done + more)),
    0,
  );
}

function staleOf({ from, column }: Sealed): string {
  return `${from} and ${sealedVersionSql(column)} <> ?`;
}

function reseal(
  db: DatabaseSync,
  keys: SealingKeys,
  sealed: Sealed,
  progress: (done: number) => void,
): number {
  const { columns, replace, at, placeOf } = sealed;
  const page = `select ${columns} ${staleOf(sealed)}`;
  const first = db.prepare(`${page} order by ${at} limit ${BATCH_ROWS}`);
  const next = db.prepare(`${page} and ${at} > ? order by ${at} limit ${BATCH_ROWS}`);
  const update = db.prepare(replace);
  const version = versionInHex(keys.current);
  let done = 0;
  for (let rows = first.all(version); rows.length > 0; ) {
    immediately(db, () => {
      for (const row of rows) {
        const place = placeOf(row);
        update.run(seal(keys, place, unseal(keys, place, row['sealed'] as Uint8Array)), row['at'] as Key);
      }
    });
    done += rows.length;
    progress(done);
    rows = next.all(version, rows.at(-1)?.['at'] as Key);
  }
  return done;
}

type Key = number | string;
