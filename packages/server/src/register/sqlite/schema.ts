/**
 * One generation of a register. `record` holds what is known of a number, sealed under the key of its row;
 * `road` the roads that records name, sealed likewise and found by a keyed hash of their code; `chain` the
 * production date of the last file of each task; `tally` counts records so that statistics open none.
 */
export const REGISTER_MIGRATIONS: readonly string[] = [
  `
  create table record (
    subject blob primary key,
    sealed  blob not null
  ) strict, without rowid;

  create table road (
    code     blob primary key,
    postcode blob not null,
    sealed   blob not null
  ) strict, without rowid;
  create index road_by_postcode on road (postcode);

  create table chain (
    task            text primary key,
    production_date text not null
  ) strict, without rowid;

  create table tally (
    key     text primary key,
    records integer not null
  ) strict, without rowid;

  create table import (
    id     integer primary key,
    at     integer not null,
    report text    not null
  ) strict;
  `,
];
