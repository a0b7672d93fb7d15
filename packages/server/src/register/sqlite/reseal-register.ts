import { existsSync } from 'node:fs';
import type { Keyring } from '../../storage/keyring.ts';
import { sealedVersionSql, versionInHex } from '../../storage/sealed-version.ts';
import { seal, unseal } from '../../storage/sealing.ts';
import type { DatabaseSync } from '../../storage/sqlite.ts';
import { recordPlace } from '../sealed-record.ts';
import { roadPlace } from '../sealed-road.ts';
import { lockForChange } from './change-lock.ts';
import { beginDraftFile } from './draft-file.ts';
import { openGenerationFile } from './generation-file.ts';
import { Generations } from './generations.ts';

/** The sealed tables of a generation: the key column, and the place that a value is bound to. */
const TABLES = [
  { table: 'record', key: 'subject', placeOf: recordPlace },
  { table: 'road', key: 'code', placeOf: roadPlace },
] as const;

/** Records and roads of the register in force that are still sealed under an older key; 0 before any import. */
export function countStaleRecords(folder: string, keys: Pick<Keyring, 'register'>): number {
  const generations = new Generations(folder);
  const current = generations.current();
  if (current === null || !existsSync(generations.pathOf(current))) return 0;
  const db = openGenerationFile(generations, current);
  try {
    return TABLES.reduce((sum, { table }) => sum + countStale(db, table, keys.register.current), 0);
  } finally {
    db.close();
  }
}

/**
 * Builds a generation of the same content, sealed under the newest key, and puts it in force. The generation
 * before it is kept as after an import, so that its key is still needed until the next one.
 */
export function resealRegister(folder: string, keys: Pick<Keyring, 'register'>): number {
  if (countStaleRecords(folder, keys) === 0) return 0;
  const generations = new Generations(folder);
  const unlock = lockForChange(folder);
  try {
    const db = beginDraftFile(generations);
    let done = 0;
    for (const { table, key, placeOf } of TABLES) {
      db.exec(`insert into main.${table} select * from held_${table} order by ${key}`);
      const update = db.prepare(`update main.${table} set sealed = ? where ${key} = ?`);
      for (const row of staleRows(db, table, key, keys.register.current)) {
        const place = placeOf(Buffer.from(row.key));
        update.run(seal(keys.register, place, unseal(keys.register, place, row.sealed)), row.key);
        done += 1;
      }
    }
    db.exec('commit');
    db.close();
    generations.adoptDraft(null);
    return done;
  } catch (error) {
    generations.discardDraft();
    throw error;
  } finally {
    unlock();
  }
}

interface SealedRow {
  readonly key: Uint8Array;
  readonly sealed: Uint8Array;
}

const PAGE_ROWS = 10_000;

/** In pages by key: a statement must not walk over rows that are being changed under it. */
function* staleRows(db: DatabaseSync, table: string, key: string, current: number): Generator<SealedRow> {
  const select = db.prepare(
    `select ${key} as key, sealed from main.${table}
     where ${key} > ? and ${sealedVersionSql('sealed')} <> ? order by ${key} limit ${PAGE_ROWS}`,
  );
  let after: Uint8Array = new Uint8Array();
  for (;;) {
    const page = select.all(after, versionInHex(current)) as unknown as SealedRow[];
    if (page.length === 0) return;
    yield* page;
    after = page.at(-1)?.key ?? after;
  }
}

function countStale(db: DatabaseSync, table: string, current: number): number {
  return db
    .prepare(`select count(*) as rows from ${table} where ${sealedVersionSql('sealed')} <> ?`)
    .get(versionInHex(current))?.['rows'] as number;
}
