import type { Postgres } from '../../storage/database.ts';
import { type SealingKeys, seal, unseal } from '../../storage/sealing.ts';
import type { Sql, SqlValue } from '../../storage/sql.ts';
import { pieceTag, resultsPlace, settingsPlace } from '../batch-row.ts';
import { detailsPlace } from './entry-rows.ts';
import { answerPlace } from './kept-answers.ts';

/** Small enough that nobody waits long for a row. */
const BATCH_ROWS = 200;
/** Pieces of an upload have a megabyte each. */
const BATCH_PIECES = 4;

/** A column of sealed values, with the key of its table. */
interface Sealed {
  readonly table: string;
  readonly column: string;
  readonly key: readonly string[];
  readonly atOnce: number;
  readonly placeOf: (...key: never[]) => string;
}

/** What is sealed in the journal. Whoever erased a value in the meantime stays erased. */
const SEALED: readonly Sealed[] = [
  {
    table: 'entry',
    column: 'details',
    key: ['account', 'id'],
    atOnce: BATCH_ROWS,
    placeOf: (account: string, id: number) => detailsPlace(account, id),
  },
  {
    table: 'kept_answer',
    column: 'answer',
    key: ['account', 'id'],
    atOnce: BATCH_ROWS,
    placeOf: (account: string, id: number) => answerPlace(account, id),
  },
  {
    table: 'batch_job',
    column: 'settings',
    key: ['account', 'id'],
    atOnce: BATCH_ROWS,
    placeOf: (_account: string, id: string) => settingsPlace(id),
  },
  {
    table: 'batch_chunk',
    column: 'results',
    key: ['account', 'job', 'number'],
    atOnce: BATCH_ROWS,
    placeOf: (_account: string, job: string, number: number) => resultsPlace(job, number),
  },
  {
    table: 'batch_upload',
    column: 'piece',
    key: ['account', 'job', 'number'],
    atOnce: BATCH_PIECES,
    placeOf: (_account: string, job: string, number: number) => pieceTag(job, number),
  },
];

/** Values that are still sealed under an older key. */
export async function countStale(db: Postgres, keys: SealingKeys): Promise<number> {
  return db.unhurried(async (line) => {
    let count = 0;
    for (const sealed of SEALED) {
      const row = await line.get(`select count(*) as stale ${staleIn(sealed)}`, versionInHex(keys));
      count += row?.['stale'] as number;
    }
    return count;
  });
}

/** Seals all of them under the newest key, beside serving processes; how many there were. */
export async function reseal(
  db: Postgres,
  keys: SealingKeys,
  progress: (done: number) => void,
): Promise<number> {
  return db.unhurried(async (line) => {
    let done = 0;
    for (const sealed of SEALED) {
      done = await resealValues(line, keys, sealed, done, progress);
    }
    return done;
  });
}

async function resealValues(
  sql: Sql,
  keys: SealingKeys,
  sealed: Sealed,
  before: number,
  progress: (done: number) => void,
): Promise<number> {
  const { table, column, key, atOnce, placeOf } = sealed;
  const columns = key.join(', ');
  const page = `select ${columns}, ${column} as sealed ${staleIn(sealed)}`;
  const last = `order by ${columns} limit ${atOnce}`;
  const after = key.map((_, at) => `$${at + 2}`).join(', ');
  const row = key.map((name, at) => `${name} = $${at + 1}`).join(' and ');
  const value = `$${key.length + 1}`;
  const replace = `update ${table} set ${column} = ${value} where ${row} and ${column} is not null`;
  let done = before;
  let rows = await sql.all(`${page} ${last}`, versionInHex(keys));
  while (rows.length > 0) {
    let at: SqlValue[] = [];
    for (const stale of rows) {
      at = key.map((name) => stale[name] as SqlValue);
      const place = placeOf(...(at as never[]));
      await sql.run(replace, ...at, seal(keys, place, unseal(keys, place, stale['sealed'] as Uint8Array)));
    }
    done += rows.length;
    progress(done);
    rows = await sql.all(`${page} and (${columns}) > (${after}) ${last}`, versionInHex(keys), ...at);
  }
  return done;
}

function staleIn({ table, column }: Sealed): string {
  return `from ${table} where ${column} is not null and encode(substring(${column} from 1 for 2), 'hex') <> $1`;
}

/** The version that sealed values begin with, as the database spells it. */
function versionInHex({ current }: SealingKeys): string {
  return current.toString(16).padStart(4, '0');
}
