import { DATA_KEY_TABLE } from './keyring.ts';

/**
 * `control.db`: what an operator changes and every process watches. The hot path never writes here. Whoever
 * keeps accounts in memory compares `account_revision`, which counts every change to accounts and credentials; a
 * used assertion or a new signing key does not move it.
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
    revoked_at integer,
    check ((digest is null) <> (jwks is null))
  ) strict, without rowid;
  create index credential_by_account on credential (account, kind);

  create table account_revision (
    only_row integer primary key check (only_row = 1),
    revision integer not null
  ) strict;
  insert into account_revision (only_row, revision) values (1, 0);

  create table signing_key (
    id          text    primary key,
    private_jwk blob    not null,
    created_at  integer not null,
    retired_at  integer
  ) strict, without rowid;

  create table ledger_key (
    name        text    not null,
    key_id      text    not null,
    public_key  blob    not null,
    private_key blob    not null,
    created_at  integer not null,
    retired_at  integer,
    primary key (name, key_id)
  ) strict, without rowid;

  create table used_assertion (
    client     text    not null,
    digest     blob    not null,
    expires_at integer not null,
    primary key (client, digest)
  ) strict, without rowid;
  create index used_assertion_by_expiry on used_assertion (expires_at);
  `,
  // Whether there was a ledger beside it, so that a lost one is not taken for a new folder.
  'alter table folder add column ledger_made_at integer',
];
