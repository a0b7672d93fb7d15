import type { Sql } from './sql.ts';

/** What an operator changes and every process watches: accounts, credentials, keys. On either engine. */
export interface ControlStore extends Sql {
  /**
   * Runs `work` in one transaction, of which there is one at a time over all processes: what it reads stays true
   * until it is committed. `work` asks `sql` and waits for nothing else; it may be run again from its beginning.
   */
  exclusively<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
