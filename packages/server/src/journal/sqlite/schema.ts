import type { Migration } from '../../storage/migrate.ts';
import { ENTRY_BLOCK } from './entry-blocks.ts';
import { fillSubtrees } from './subtree-rows.ts';

/**
 * `ledger.db`: entries, the tree over them and the budgets, in one file because one transaction covers all
 * three. `leaf` holds the bytes that are hashed, `details` the sealed personal part; the other columns repeat
 * what is in them for searching (`reference` as a keyed hash) and are checked against them by `audit verify`.
 * `checkpoint` keeps what was signed of the tree, and the tree as it was then.
 * `subtree` has the roots of complete parts of the tree, of 256 entries, of 65536 and so on, so that a proof reads few rows.
 * `name_attempt` counts the different names that were tried for a number.
 * `kept_answer` holds answers for whoever asks again, until they lapse.
 * `batch_job` says how far a batch has come, `batch_chunk` keeps its results sealed, `batch_unknown` counts the
 * unknown numbers of an account's batches by the minute.
 */
export const LEDGER_MIGRATIONS: readonly Migration[] = [
  `
  create table entry (
    id        integer primary key,
    account   text    not null,
    at        integer not null,
    register  text    not null,
    operation text    not null,
    subject   blob,
    reference blob,
    leaf      blob    not null,
    hash      blob    not null,
    details   blob
  ) strict;
  create index entry_by_account on entry (account, id);
  create index entry_by_reference on entry (account, reference, id) where reference is not null;
  create index entry_by_subject on entry (subject, id) where subject is not null;

  create table tree (
    only_row integer primary key check (only_row = 1),
    clock    integer not null,
    frontier blob    not null
  ) strict;

  create table checkpoint (
    size     integer primary key,
    frontier blob    not null,
    note     text    not null,
    at       integer not null
  ) strict;

  create table budget (
    account       text    not null,
    register      text    not null,
    failed_at     text    not null,
    blocked_until integer,
    primary key (account, register)
  ) strict, without rowid;

  create table name_attempt (
    subject blob    not null,
    name    blob    not null,
    at      integer not null,
    primary key (subject, name)
  ) strict, without rowid;
  `,
  `
  drop index entry_by_reference;
  drop index entry_by_subject;
  create index entry_by_reference on entry (${ENTRY_BLOCK}, account, reference) where reference is not null;
  create index entry_by_subject on entry (${ENTRY_BLOCK}, subject) where subject is not null;
  `,
  `
  create table kept_answer (
    account text    not null,
    entry   integer not null,
    key     blob,
    request blob,
    until   integer not null,
    answer  blob    not null,
    primary key (account, entry)
  ) strict;
  create unique index kept_answer_by_key on kept_answer (account, key) where key is not null;
  create index kept_answer_by_until on kept_answer (until);
  `,
  `
  create table batch_job (
    id          text    primary key,
    account     text    not null,
    kind        text    not null,
    state       text    not null,
    reason      text,
    max_unknown integer not null,
    created_at  integer not null,
    ended_at    integer,
    input_bytes integer not null,
    input_hash  blob    not null,
    input_rows  integer not null,
    target      blob,
    settings    blob    not null,
    chunks      integer not null,
    row_count   integer not null,
    errors      integer not null,
    unknown     integer not null,
    next_offset integer not null,
    next_line   integer not null
  ) strict, without rowid;

  create table batch_chunk (
    job     text    not null,
    number  integer not null,
    results blob    not null,
    primary key (job, number)
  ) strict;

  create table batch_unknown (
    account text    not null,
    minute  integer not null,
    numbers integer not null,
    primary key (account, minute)
  ) strict, without rowid;
  `,
  'create index name_attempt_by_at on name_attempt (at)',
  `
  alter table batch_job add column uploaded integer not null default 0;
  alter table batch_job add column forgotten_at integer;
  create index batch_job_by_account on batch_job (account, created_at, id);
  create index batch_job_by_target on batch_job (account, target, created_at) where target is not null;
  create index batch_job_uploaded on batch_job (state, created_at, id) where uploaded = 1;
  `,
  `
  create table subtree (
    height   integer not null,
    position integer not null,
    root     blob    not null,
    primary key (height, position)
  ) strict, without rowid
  `,
  fillSubtrees,
];
