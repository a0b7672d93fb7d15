/**
 * One generation of the CPR register. `record` is the sealed person under the key of its row; `chain` is the
 * production date of the last file of each task; `tally` counts persons so that statistics open no record.
 */
export const CPR_REGISTER_MIGRATIONS: readonly string[] = [
  `
  create table person (
    subject blob primary key,
    record  blob not null
  ) strict, without rowid;

  create table chain (
    task            text primary key,
    production_date text not null
  ) strict, without rowid;

  create table tally (
    status    text    not null,
    protected integer not null,
    persons   integer not null,
    primary key (status, protected)
  ) strict, without rowid;

  create table import (
    id     integer primary key,
    at     integer not null,
    report text    not null
  ) strict;
  `,
];
