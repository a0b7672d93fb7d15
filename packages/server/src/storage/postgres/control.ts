import type { ControlStore } from '../control.ts';
import type { DatabaseAddress } from './address.ts';
import { migrate } from './migrate.ts';
import { openPostgres, type Postgres } from './open-postgres.ts';
import type { PostgresSchema } from './schema.ts';

/**
 * What `control.db` holds in a data folder; see `control-schema.ts`. All of it is small and read by every process,
 * so that a distributed engine keeps a copy on every node, but for what is written by each assertion of a client.
 */
export const CONTROL_SCHEMA: PostgresSchema = {
  part: 'control',
  migrations: [
    `
    create table data_key (
      purpose    text   not null,
      version    bigint not null,
      wrapped    bytea  not null,
      created_at bigint not null,
      primary key (purpose, version)
    );

    create table folder (
      only_row   bigint primary key check (only_row = 1),
      mode       text   not null check (mode in ('live', 'sandbox')),
      created_at bigint not null
    );

    create table account (
      id          text   primary key,
      name        text   collate "C" not null unique,
      settings    text   not null,
      created_at  bigint not null,
      disabled_at bigint
    );

    create table credential (
      id         text   primary key,
      account    text   not null references account (id),
      kind       text   not null check (kind in ('oauth', 'api-key', 'app')),
      public_id  text   not null,
      digest     bytea,
      jwks       text,
      created_at bigint not null,
      expires_at bigint,
      revoked_at bigint,
      check ((digest is null) <> (jwks is null))
    );
    create index credential_by_account on credential (account, kind);

    create table account_revision (
      only_row bigint primary key check (only_row = 1),
      revision bigint not null
    );
    insert into account_revision (only_row, revision) values (1, 0);

    create table control_turn (
      only_row bigint primary key check (only_row = 1),
      turn     bigint not null
    );
    insert into control_turn (only_row, turn) values (1, 0);

    create table signing_key (
      id          text   primary key,
      private_jwk bytea  not null,
      created_at  bigint not null,
      retired_at  bigint
    );

    create table ledger_key (
      name        text   not null,
      key_id      text   not null,
      public_key  bytea  not null,
      private_key bytea  not null,
      created_at  bigint not null,
      retired_at  bigint,
      primary key (name, key_id)
    );

    create table used_assertion (
      client     text   not null,
      digest     bytea  not null,
      expires_at bigint not null,
      primary key (client, digest)
    );
    `,
  ],
  tables: {
    data_key: 'on-every-node',
    folder: 'on-every-node',
    account: 'on-every-node',
    credential: 'on-every-node',
    account_revision: 'on-every-node',
    control_turn: 'on-every-node',
    signing_key: 'on-every-node',
    ledger_key: 'on-every-node',
    used_assertion: { by: 'client' },
  },
};

/** Opens a database and the control data in it; makes their tables on first use. */
export async function openPostgresControl(
  address: DatabaseAddress,
): Promise<{ readonly control: ControlStore; readonly database: Postgres }> {
  const database = await openPostgres(address);
  try {
    await migrate(database, CONTROL_SCHEMA);
  } catch (error) {
    await database.close();
    throw error;
  }
  return { control: controlIn(database), database };
}

/** Closing it leaves the database open, which others use too. */
function controlIn(db: Postgres): ControlStore {
  return {
    all: (...given) => db.all(...given),
    get: (...given) => db.get(...given),
    run: (...given) => db.run(...given),
    exclusively: (work) =>
      db.transaction(async (sql) => {
        // Its row is locked until the end: whoever comes next waits here, and then sees what was committed.
        await sql.run('update control_turn set turn = turn + 1 where only_row = 1');
        return work(sql);
      }),
    close: () => Promise.resolve(),
  };
}
