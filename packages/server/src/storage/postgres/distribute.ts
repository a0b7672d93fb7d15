import { Failure } from '../../failure.ts';
import type { Sql } from '../sql.ts';
import type { Placement, PostgresSchema } from './schema.ts';
import { SCHEMA } from './session.ts';

/** One table as it lies: `here` on the one node there is, or on the coordinator alone. */
export interface TablePlacement {
  readonly table: string;
  readonly wanted: Placement;
  readonly placed: 'here' | 'spread' | 'on-every-node';
}

/** Our own book-keeping is read by every process too, whatever node it asks. */
const BOOK_KEEPING = { schema_version: 'on-every-node' } as const;

/** The version of Citus in this database; null on an engine that is not Citus. */
export async function citusVersion(sql: Sql): Promise<string | null> {
  const row = await sql.get("select extversion from pg_extension where extname = 'citus'");
  return (row?.['extversion'] as string | undefined) ?? null;
}

/** How every table lies, and how a distributed engine should keep it. */
export async function placements(
  sql: Sql,
  schemas: readonly PostgresSchema[],
): Promise<readonly TablePlacement[]> {
  const isCitus = (await citusVersion(sql)) !== null;
  const tables: readonly [string, Placement][] = [
    BOOK_KEEPING,
    ...schemas.map((schema) => schema.tables),
  ].flatMap((each) => Object.entries<Placement>(each));
  const found: TablePlacement[] = [];
  for (const [table, wanted] of tables) {
    found.push({ table, wanted, placed: isCitus ? await placedOnCitus(sql, table) : 'here' });
  }
  return found;
}

/** `h` is spread by hash; a table without a column to spread by is on every node (Citus: pg_dist_partition). */
async function placedOnCitus(sql: Sql, table: string): Promise<TablePlacement['placed']> {
  const row = await sql.get(
    'select partmethod::text as method from pg_dist_partition where logicalrelid = $1::text::regclass',
    `${SCHEMA}.${table}`,
  );
  if (row === undefined) return 'here';
  return row['method'] === 'h' ? 'spread' : 'on-every-node';
}

/**
 * Hands the tables to Citus that it does not have yet: those that grow are spread by their key over all nodes, the
 * small ones are copied to each. What is in them moves along. The tables that it was done with now; none when all
 * were done before. Fails with `engine-not-distributed` where there is no Citus.
 */
export async function distribute(sql: Sql, schemas: readonly PostgresSchema[]): Promise<readonly string[]> {
  if ((await citusVersion(sql)) === null) throw new Failure('engine-not-distributed');
  const waiting = (await placements(sql, schemas)).filter(({ placed }) => placed === 'here');
  for (const { table, wanted } of waiting) {
    const name = `${SCHEMA}.${table}`;
    if (wanted === 'on-every-node') await sql.run('select create_reference_table($1::text::regclass)', name);
    else await sql.run('select create_distributed_table($1::text::regclass, $2::text)', name, wanted.by);
  }
  return waiting.map(({ table }) => table);
}
