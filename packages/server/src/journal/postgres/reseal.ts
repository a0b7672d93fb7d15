import type { Postgres } from '../../storage/database.ts';
import { type SealingKeys, seal, unseal } from '../../storage/sealing.ts';
import type { Sql } from '../../storage/sql.ts';
import { detailsPlace } from './entry-rows.ts';
import { answerPlace } from './kept-answers.ts';

/** Small enough that nobody waits long for a row. */
const BATCH_ROWS = 200;

/** What is sealed in the journal. Whoever erased a value in the meantime stays erased. */
const SEALED = [
  {
    stale: `from entry where details is not null and encode(substring(details from 1 for 2), 'hex') <> $1`,
    value: 'details',
    replace: 'update entry set details = $3 where account = $1 and id = $2 and details is not null',
    placeOf: detailsPlace,
  },
  {
    stale: `from kept_answer where encode(substring(answer from 1 for 2), 'hex') <> $1`,
    value: 'answer',
    replace: 'update kept_answer set answer = $3 where account = $1 and id = $2',
    placeOf: answerPlace,
  },
] as const;

/** Entries whose details, and answers, that are still sealed under an older key. */
export async function countStale(db: Postgres, keys: SealingKeys): Promise<number> {
  return db.unhurried(async (line) => {
    let count = 0;
    for (const { stale } of SEALED) {
      const row = await line.get(`select count(*) as stale ${stale}`, versionInHex(keys));
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
  { stale, value, replace, placeOf }: (typeof SEALED)[number],
  before: number,
  progress: (done: number) => void,
): Promise<number> {
  let done = before;
  let after: readonly [account: string, id: number] = ['', 0];
  for (;;) {
    const rows = await sql.all(
      `select account, id, ${value} as sealed ${stale} and (account > $2 or (account = $2 and id > $3))
       order by account, id limit ${BATCH_ROWS}`,
      versionInHex(keys),
      ...after,
    );
    if (rows.length === 0) return done;
    for (const row of rows) {
      after = [row['account'] as string, row['id'] as number];
      const place = placeOf(...after);
      const plain = unseal(keys, place, row['sealed'] as Uint8Array);
      await sql.run(replace, ...after, seal(keys, place, plain));
    }
    done += rows.length;
    progress(done);
  }
}

/** The version that sealed values begin with, as the database spells it. */
function versionInHex({ current }: SealingKeys): string {
  return current.toString(16).padStart(4, '0');
}
