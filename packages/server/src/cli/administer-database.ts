import { DATABASE_SCHEMAS } from '../database-schemas.ts';
import { Failure } from '../failure.ts';
import type { Postgres } from '../storage/database.ts';
import { citusVersion, distribute, placements, type TablePlacement } from '../storage/postgres/distribute.ts';
import { migrate, versionOf } from '../storage/postgres/migrate.ts';
import { openPostgres } from '../storage/postgres/open-postgres.ts';
import { configOf } from './folder-options.ts';
import { type CommandResult, EXIT, type Terminal, table } from './terminal.ts';

export function databaseStatus(terminal: Terminal, flags: object): Promise<CommandResult> {
  return withDatabase(terminal, flags, statusOf);
}

export function migrateDatabase(terminal: Terminal, flags: object): Promise<CommandResult> {
  return withDatabase(terminal, flags, async (db) => {
    await migrateAll(db);
    return statusOf(db);
  });
}

export function distributeDatabase(terminal: Terminal, flags: object): Promise<CommandResult> {
  return withDatabase(terminal, flags, async (db) => {
    await migrateAll(db);
    const distributed = await db.unhurried((line) => distribute(line, DATABASE_SCHEMAS));
    return {
      exit: EXIT.ok,
      json: { distributed },
      human:
        distributed.length === 0
          ? 'All tables were distributed already.'
          : `Distributed: ${distributed.join(', ')}.`,
    };
  });
}

async function withDatabase(
  terminal: Terminal,
  flags: object,
  work: (db: Postgres) => Promise<CommandResult>,
): Promise<CommandResult> {
  const { database } = configOf(terminal, flags);
  if (database === null) {
    throw new Failure(
      'input-invalid',
      'VIDIMUS_DATABASE_URL names no database: everything is in the data folder.',
    );
  }
  const db = await openPostgres(database);
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

async function migrateAll(db: Postgres): Promise<void> {
  for (const schema of DATABASE_SCHEMAS) await migrate(db, schema);
}

async function statusOf(db: Postgres): Promise<CommandResult> {
  const version = (await db.get('select version() as version'))?.['version'] as string;
  const citus = await citusVersion(db);
  const parts = [];
  for (const { part, migrations } of DATABASE_SCHEMAS) {
    parts.push({ part, version: await versionOf(db, part), newest: migrations.length });
  }
  const isMade = parts.some((each) => each.version > 0);
  const tables = isMade ? await placements(db, DATABASE_SCHEMAS) : [];
  return {
    exit: EXIT.ok,
    json: { version, citus, parts, tables },
    human: [
      version,
      `Citus: ${citus ?? 'not in this database'}`,
      '',
      table([['part', 'version', 'newest'], ...parts.map((each) => [each.part, each.version, each.newest])]),
      ...(tables.length === 0 ? [] : ['', placementsInWords(tables)]),
    ].join('\n'),
  };
}

function placementsInWords(tables: readonly TablePlacement[]): string {
  return table([
    ['table', 'lies', 'on a distributed engine'],
    ...tables.map((each) => [
      each.table,
      each.placed === 'on-every-node' ? 'on every node' : each.placed,
      each.wanted === 'on-every-node' ? 'on every node' : `spread by ${each.wanted.by}`,
    ]),
  ]);
}
