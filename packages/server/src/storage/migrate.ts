import type { DatabaseSync } from 'node:sqlite';
import { Failure } from '../failure.ts';

/** SQL, or what SQL cannot do. */
export type Migration = string | ((db: DatabaseSync) => void);

/**
 * Brings a database to the newest schema: migration n takes it from version n to n + 1, all within one write
 * transaction, so that two starting processes do not both do it. A database of a newer version is refused.
 */
export function migrate(
  db: DatabaseSync,
  migrations: readonly Migration[],
  transaction: (work: () => void) => void,
): void {
  if (version(db) === migrations.length) return;
  transaction(() => {
    const from = version(db);
    if (from > migrations.length) throw new Failure('schema-newer');
    for (const migration of migrations.slice(from)) {
      if (typeof migration === 'string') db.exec(migration);
      else migration(db);
    }
    db.exec(`pragma user_version = ${migrations.length}`);
  });
}

function version(db: DatabaseSync): number {
  return Number(db.prepare('pragma user_version').get()?.['user_version'] ?? 0);
}
