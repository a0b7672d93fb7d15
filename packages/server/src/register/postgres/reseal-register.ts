import type { Postgres, UnhurriedLine } from '../../storage/database.ts';
import type { Keyring } from '../../storage/keyring.ts';
import { seal, unseal } from '../../storage/sealing.ts';
import type { Sql } from '../../storage/sql.ts';
import { recordPlace } from '../sealed-record.ts';
import { roadPlace } from '../sealed-road.ts';
import type { RegisterName } from './state.ts';

const PAGE_ROWS = 500;
const VERSION_BYTES = 2;

/** The sealed tables: what is read of them, written to them, and the place that a value is bound to. */
const TABLES = [
  {
    count: `select count(*) as rows from register_record
      where register = $1 and sealed is not null and substring(sealed from 1 for 2) <> $2`,
    page: `select subject as key, generation, sealed from register_record
      where register = $1 and subject > $2 and sealed is not null and substring(sealed from 1 for 2) <> $3
      order by subject limit ${PAGE_ROWS}`,
    update: 'update register_record set sealed = $4 where register = $1 and subject = $2 and generation = $3',
    placeOf: recordPlace,
  },
  {
    count: `select count(*) as rows from register_road
      where register = $1 and substring(sealed from 1 for 2) <> $2`,
    page: `select code as key, generation, sealed from register_road
      where register = $1 and code > $2 and substring(sealed from 1 for 2) <> $3
      order by code limit ${PAGE_ROWS}`,
    update: 'update register_road set sealed = $4 where register = $1 and code = $2 and generation = $3',
    placeOf: roadPlace,
  },
] as const;

type SealedTable = (typeof TABLES)[number];
type RegisterKeys = Pick<Keyring, 'register'>;

export async function countStaleRows(sql: Sql, register: RegisterName, keys: RegisterKeys): Promise<number> {
  let stale = 0;
  for (const { count } of TABLES) {
    stale += ((await sql.get(count, register, versionOf(keys)))?.['rows'] as number | undefined) ?? 0;
  }
  return stale;
}

/** Seals row by row in place, in pages: a row opens under the one key or the other at every moment. */
export async function resealRows(db: Postgres, register: RegisterName, keys: RegisterKeys): Promise<number> {
  return db.unhurried(async (line) => {
    let done = 0;
    for (const table of TABLES) {
      // A subject has two rows at most, and a page may end between them.
      for (let sealed = -1; sealed !== 0; done += sealed)
        sealed = await resealPages(line, register, keys, table);
    }
    return done;
  });
}

/** Goes through a table once, by key; how many rows it sealed. */
async function resealPages(
  line: UnhurriedLine,
  register: RegisterName,
  keys: RegisterKeys,
  { page, update, placeOf }: SealedTable,
): Promise<number> {
  let sealed = 0;
  let after: Uint8Array = new Uint8Array();
  for (;;) {
    const rows = await line.all(page, register, after, versionOf(keys));
    const last = rows.at(-1);
    if (last === undefined) return sealed;
    await line.transaction(async (sql) => {
      for (const row of rows) {
        const key = row['key'] as Uint8Array;
        const place = placeOf(Buffer.from(key));
        const fresh = seal(keys.register, place, unseal(keys.register, place, row['sealed'] as Uint8Array));
        await sql.run(update, register, key, row['generation'] as number, fresh);
      }
    });
    sealed += rows.length;
    after = last['key'] as Uint8Array;
  }
}

function versionOf(keys: RegisterKeys): Buffer {
  const version = Buffer.alloc(VERSION_BYTES);
  version.writeUInt16BE(keys.register.current);
  return version;
}
