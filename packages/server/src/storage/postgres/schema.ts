/**
 * How a distributed engine keeps a table: spread by the value of one column, which every hot question names, or a
 * copy on every node. On plain PostgreSQL it means nothing.
 */
export type Placement = { readonly by: string } | 'on-every-node';

/** The tables of one part of the house, as they have grown: migration n takes them from version n to n + 1. */
export interface PostgresSchema {
  readonly part: 'control' | 'register' | 'journal' | 'batch';
  readonly migrations: readonly string[];
  readonly tables: Readonly<Record<string, Placement>>;
}
