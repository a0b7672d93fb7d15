import type { Sql } from './sql.ts';

/**
 * A PostgreSQL database for many short questions at once. While it is gone (nobody answers, or only a standby does)
 * everything fails at once with `database-unreachable`, and it is looked for again every 0.2 s, on all its hosts.
 */
export interface Postgres extends Sql {
  /** Runs `work` in one transaction, which may begin anew: see `transactionOn`. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** Opens a connection of its own that may take its time; it must be closed. */
  openLine(): Promise<UnhurriedLine>;
  /** Runs `work` on such a connection. */
  unhurried<T>(work: (line: UnhurriedLine) => Promise<T>): Promise<T>;
  /** Why it cannot be asked now; null while it can. */
  trouble(): string | null;
  close(): Promise<void>;
}

/** A connection of its own, for long work. */
export interface UnhurriedLine extends Sql {
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** Gives `bytes` to a statement `copy … from stdin`. */
  copy(text: string, bytes: Uint8Array): Promise<void>;
  /** Ends it at once; what is not committed is undone. */
  close(): void;
}
