/**
 * `ledger.db`: entries, the tree over them and the budgets, in one file because one transaction covers all
 * three. `leaf` holds the bytes that are hashed, `details` the sealed personal part; `account`, `at` and
 * `subject` repeat what is in them for searching and are checked against them by `audit verify`.
 */
export const LEDGER_MIGRATIONS: readonly string[] = [
  `
  create table entry (
    id      integer primary key,
    account text    not null,
    at      integer not null,
    subject blob,
    leaf    blob    not null,
    hash    blob    not null,
    details blob
  ) strict;
  create index entry_by_account on entry (account, id);
  create index entry_by_subject on entry (subject, id) where subject is not null;

  create table tree (
    only_row integer primary key check (only_row = 1),
    clock    integer not null,
    frontier blob    not null
  ) strict;

  create table budget (
    account       text    not null,
    register      text    not null,
    failed_at     text    not null,
    blocked_until integer,
    primary key (account, register)
  ) strict, without rowid;
  `,
];
