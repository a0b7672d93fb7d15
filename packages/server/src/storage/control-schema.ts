import { DATA_KEY_TABLE } from './keyring.ts';

/**
 * `control.db`: what an operator changes and every process watches. The hot path never writes here, so that
 * `pragma data_version` tells another process's change and nothing else.
 */
export const CONTROL_MIGRATIONS: readonly string[] = [
  `
  ${DATA_KEY_TABLE}

  create table folder (
    only_row   integer primary key check (only_row = 1),
    mode       text    not null check (mode in ('live', 'sandbox')),
    created_at integer not null
  ) strict;

  create table account (
    id          text    primary key,
    name        text    not null unique,
    settings    text    not null,
    created_at  integer not null,
    disabled_at integer
  ) strict, without rowid;

  create table credential (
    id         text    primary key,
    account    text    not null references account (id),
    kind       text    not null check (kind in ('oauth', 'api-key', 'app')),
    public_id  text    not null,
    digest     blob,
    jwks       text,
    created_at integer not null,
    expires_at integer,
    revoked_at integer
  ) strict, without rowid;
  create index credential_by_account on credential (account, kind);

  create table signing_key (
    id          text    primary key,
    public_jwk  text    not null,
    private_jwk blob    not null,
    created_at  integer not null,
    retired_at  integer
  ) strict, without rowid;

  create table used_assertion (
    client     text    not null,
    digest     blob    not null,
    expires_at integer not null,
    primary key (client, digest)
  ) strict, without rowid;
  `,
];
