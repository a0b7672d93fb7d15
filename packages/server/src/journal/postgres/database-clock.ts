import type { Sql } from '../../storage/sql.ts';
import type { Clocks } from '../journal-clock.ts';

/** How often the database is asked what time it is; between two answers the time that passes here is added. */
const LOOK_EVERY_MS = 1000;

const NOW = 'select (extract(epoch from clock_timestamp()) * 1000)::bigint as now';

/** The database's own time in ms, inside a statement. */
export const DATABASE_NOW = '(extract(epoch from now()) * 1000)::bigint';

/** The database's clock, which all processes share, read beside the way to an answer. */
export interface DatabaseClock extends Clocks {
  readonly stop: () => void;
}

/**
 * Follows the clock of the database. While the database cannot be asked the time goes on from its last answer. It is
 * off by half of a question's way at most.
 */
export async function followDatabaseClock(sql: Sql): Promise<DatabaseClock> {
  const monotonic = (): number => performance.now();
  let ahead = await readAhead(sql, monotonic);
  const look = setInterval(() => {
    readAhead(sql, monotonic).then(
      (found) => {
        ahead = found;
      },
      () => undefined,
    );
  }, LOOK_EVERY_MS).unref();
  return { wall: () => Math.floor(monotonic() + ahead), monotonic, stop: () => clearInterval(look) };
}

/** How far the database's clock is ahead of the time that runs here, in ms. */
async function readAhead(sql: Sql, monotonic: () => number): Promise<number> {
  const asked = monotonic();
  const row = await sql.get(NOW);
  return (row?.['now'] as number) - (asked + monotonic()) / 2;
}
