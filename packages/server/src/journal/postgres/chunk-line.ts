import type { Postgres, UnhurriedLine } from '../../storage/database.ts';
import type { Sql } from '../../storage/sql.ts';
import { soon } from './patience.ts';

/** A process that stands still in the middle of a chunk must not keep its account locked for long. */
const SET_IDLE_LIMIT = "set idle_in_transaction_session_timeout = '5s'";

/**
 * A connection for the transactions of chunks, one after the other. They take longer than a question may, and one that
 * is slow must not be taken for a database that is gone.
 */
export interface ChunkLine {
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** It is opened with the first chunk, and anew after a failure. */
export function chunkLine(db: Postgres): ChunkLine {
  let line: UnhurriedLine | null = null;
  let last: Promise<unknown> = Promise.resolve();

  async function opened(): Promise<UnhurriedLine> {
    const fresh = await db.openLine();
    try {
      await soon(fresh.run(SET_IDLE_LIMIT));
      return fresh;
    } catch (error) {
      fresh.close();
      throw error;
    }
  }

  async function run<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    try {
      line ??= await opened();
      return await soon(line.transaction(work));
    } catch (error) {
      line?.close();
      line = null;
      throw error;
    }
  }

  return {
    transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
      const mine = last.then(() => run(work));
      last = mine.catch(() => undefined);
      return mine;
    },
    async close() {
      await last;
      line?.close();
    },
  };
}
