import { sealedVersionSql, versionInHex } from '../../storage/sealed-version.ts';
import { type SealingKeys, seal, unseal } from '../../storage/sealing.ts';
import { type DatabaseSync, immediately } from '../../storage/sqlite.ts';
import { detailsPlace } from './ledger-rows.ts';

/** Small enough that a serving process never waits long for the lock between two batches. */
const BATCH_ROWS = 500;

/** Entries whose details are still sealed under an older key. */
export function countStaleDetails(db: DatabaseSync, keys: SealingKeys): number {
  return db
    .prepare(
      `select count(*) as rows from entry where details is not null and ${sealedVersionSql('details')} <> ?`,
    )
    .get(versionInHex(keys.current))?.['rows'] as number;
}

/**
 * Seals the details of all entries under the newest key, a few hundred at a time beside a serving process.
 * Leaves and hashes stay as they are, so that every proof stays good. Killed in the middle, the next call goes on.
 */
export function resealLedger(db: DatabaseSync, keys: SealingKeys, progress: (done: number) => void): number {
  const select = db.prepare(
    `select id, details from entry
     where id > ? and details is not null and ${sealedVersionSql('details')} <> ? order by id limit ${BATCH_ROWS}`,
  );
  // Whoever erased the details in the meantime stays erased.
  const update = db.prepare('update entry set details = ? where id = ? and details is not null');
  let after = 0;
  let done = 0;
  for (;;) {
    const rows = select.all(after, versionInHex(keys.current));
    if (rows.length === 0) return done;
    immediately(db, () => {
      for (const row of rows) {
        const id = row['id'] as number;
        const plain = unseal(keys, detailsPlace(id), row['details'] as Uint8Array);
        update.run(seal(keys, detailsPlace(id), plain), id);
        after = id;
      }
    });
    done += rows.length;
    progress(done);
  }
}
