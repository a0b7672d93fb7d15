import { DatabaseError } from 'pg';
import { Failure } from '../../failure.ts';
import type { Sql } from '../sql.ts';
import type { Postgres } from './open-postgres.ts';
import type { PostgresSchema } from './schema.ts';
import { SCHEMA } from './session.ts';

/** Where each part's version stands; a row is locked while its part is being migrated. */
const VERSIONS = `
  create schema if not exists ${SCHEMA};
  create table if not exists ${SCHEMA}.schema_version (
    part    text   primary key,
    version bigint not null
  );
`;

/** Two processes made the same thing at the same moment: it is there now. */
const MADE_BY_ANOTHER = ['23505', '42P06', '42P07', '42710'];

/**
 * Brings the tables of a part to their newest version, in one transaction that holds the part's version row, so that
 * of several starting processes one does it and the others wait. A user who may not create tables is enough where
 * there is nothing to do. Fails with `schema-newer` when a newer Vidimus wrote them.
 */
export async function migrate(db: Postgres, { part, migrations }: PostgresSchema): Promise<void> {
  if ((await versionOf(db, part)) === migrations.length) return;
  await db.unhurried(async (line) => {
    await makeVersions(line);
    await line.run(
      'insert into schema_version (part, version) values ($1, 0) on conflict (part) do nothing',
      part,
    );
    await line.transaction(async (sql) => {
      const row = await sql.get('select version from schema_version where part = $1 for update', part);
      const from = Number(row?.['version']);
      if (from > migrations.length) throw new Failure('schema-newer');
      for (const statement of migrations.slice(from).flatMap(statementsOf)) await sql.run(statement);
      await sql.run('update schema_version set version = $2 where part = $1', part, migrations.length);
    });
  });
}

/** The version that a part's tables have; 0 when there are none. */
export async function versionOf(db: Sql, part: PostgresSchema['part']): Promise<number> {
  const there = await db.get('select to_regclass($1)::text as name', `${SCHEMA}.schema_version`);
  if (there?.['name'] == null) return 0;
  const row = await db.get('select version from schema_version where part = $1', part);
  return Number(row?.['version'] ?? 0);
}

async function makeVersions(line: Sql): Promise<void> {
  for (const statement of statementsOf(VERSIONS)) {
    try {
      await line.run(statement);
    } catch (error) {
      if (!(error instanceof DatabaseError) || !MADE_BY_ANOTHER.includes(error.code ?? '')) throw error;
    }
  }
}

/** One statement at a time is prepared. Ours have no semicolon inside. */
function statementsOf(text: string): string[] {
  return text.split(';').filter((statement) => statement.trim() !== '');
}
