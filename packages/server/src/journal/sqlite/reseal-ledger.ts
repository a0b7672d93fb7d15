import { sealedVersionSql, versionInHex } from '../../storage/sealed-version.ts';
import { type SealingKeys, seal, unseal } from '../../storage/sealing.ts';
import { type DatabaseSync, immediately } from '../../storage/sqlite.ts';
import { answerPlace } from './kept-answers.ts';
import { detailsPlace } from './ledger-rows.ts';

/** Small enough that a serving process never waits long for the lock between two batches. */
const BATCH_ROWS = 500;

/** What is sealed in the ledger, by table. Whoever erased a value in the meantime stays erased. */
const SEALED = {
  details: {
    stale: `from entry where details is not null and ${sealedVersionSql('details')} <> ?`,
    columns: 'id as at, account, id as entry, details as sealed',
    replace: 'update entry set details = ? where id = ? and details is not null',
    at: 'id',
    placeOf: (_account: string, entry: number) => detailsPlace(entry),
  },
  answers: {
    stale: `from kept_answer where ${sealedVersionSql('answer')} <> ?`,
    columns: 'rowid as at, account, entry, answer as sealed',
    replace: 'update kept_answer set answer = ? where rowid = ?',
    at: 'rowid',
    placeOf: answerPlace,
  },
} as const;

type Sealed = (typeof SEALED)[keyof typeof SEALED];

/** Entries whose details, and answers, that are still sealed under an older key. */
export function countStaleDetails(db: DatabaseSync, keys: SealingKeys): number {
  const countOf = ({ stale }: Sealed) =>
    db.prepare(`select count(*) as rows ${stale}`).get(versionInHex(keys.current))?.['rows'] as number;
  return countOf(SEALED.details) + countOf(SEALED.answers);
}

/**
 * Seals the details of all entries, and all kept answers, under the newest key, a few hundred at a time beside a
 * serving process. Leaves and hashes stay as they are, so that every proof stays good. Killed in the middle, the
 * next call goes on.
 */
export function resealLedger(db: DatabaseSync, keys: SealingKeys, progress: (done: number) => void): number {
  const details = reseal(db, keys, SEALED.details, progress);
  return details + reseal(db, keys, SEALED.answers, (done) => progress(details + done));
}

function reseal(
  db: DatabaseSync,
  keys: SealingKeys,
  { stale, columns, replace, at, placeOf }: Sealed,
  progress: (done: number) => void,
): number {
  const select = db.prepare(`select ${columns} ${stale} and ${at} > ? order by ${at} limit ${BATCH_ROWS}`);
  const update = db.prepare(replace);
  let after = 0;
  let done = 0;
  for (;;) {
    const rows = select.all(versionInHex(keys.current), after);
    if (rows.length === 0) return done;
    immediately(db, () => {
      for (const row of rows) {
        const place = placeOf(row['account'] as string, row['entry'] as number);
        update.run(seal(keys, place, unseal(keys, place, row['sealed'] as Uint8Array)), row['at'] as number);
        after = row['at'] as number;
      }
    });
    done += rows.length;
    progress(done);
  }
}
