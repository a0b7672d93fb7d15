/** What stands in a column: whole numbers below 2^53, text, bytes, or nothing. Both engines give just these. */
export type SqlValue = string | number | Uint8Array | null;
export type Row = Readonly<Record<string, SqlValue>>;

/**
 * Statements in the part of SQL that SQLite, PostgreSQL and the distributed engines behind its protocol share.
 * Parameters are `$1`, `$2` …; a text is written as a constant, because it is prepared once and kept.
 */
export interface Sql {
  all(text: string, ...given: readonly SqlValue[]): Promise<Row[]>;
  /** The first row. */
  get(text: string, ...given: readonly SqlValue[]): Promise<Row | undefined>;
  /** How many rows it changed. */
  run(text: string, ...given: readonly SqlValue[]): Promise<number>;
}
