import type { Sql } from '../sql.ts';
import { versionOf } from './migrate.ts';
import type { PostgresSchema } from './schema.ts';

/** What a database says about itself and the way to it. */
export interface DatabaseFacts {
  /** Such as `PostgreSQL 18.4`. */
  readonly engine: string;
  /** Whether server and database are on one machine. */
  readonly isHere: boolean;
  /** Such as `TLSv1.3`; null without encryption. */
  readonly tls: string | null;
  /** What `synchronous_standby_names` has; null where no standby is waited for. */
  readonly standbys: string | null;
  /** The database's clock less ours, in ms; half of the way there and back is taken off. */
  readonly clockAheadMs: number;
  readonly parts: readonly { readonly part: string; readonly version: number; readonly newest: number }[];
}

/** @param clock milliseconds since 1970 */
export async function databaseFacts(
  db: Sql,
  schemas: readonly PostgresSchema[],
  clock: () => number,
): Promise<DatabaseFacts> {
  const row = await db.get(`
    select split_part(version(), ' on ', 1) as engine,
           coalesce(host(inet_server_addr()) = host(inet_client_addr()), true) as is_here,
           current_setting('synchronous_standby_names') as standbys`);
  const tls = await db.get('select version from pg_stat_ssl where pid = pg_backend_pid()');
  const asked = clock();
  const time = await db.get('select (extract(epoch from clock_timestamp()) * 1000)::bigint as now');
  const answered = clock();
  const parts: { part: string; version: number; newest: number }[] = [];
  for (const { part, migrations } of schemas) {
    parts.push({ part, version: await versionOf(db, part), newest: migrations.length });
  }
  return {
    engine: String(row?.['engine']),
    isHere: Boolean(row?.['is_here']),
    tls: (tls?.['version'] as string | null | undefined) ?? null,
    standbys: String(row?.['standbys'] ?? '') || null,
    clockAheadMs: Math.round(Number(time?.['now']) - (asked + answered) / 2),
    parts,
  };
}
