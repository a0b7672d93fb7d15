import type { PostgresSchema } from '../../storage/postgres/schema.ts';

/**
 * Both registers, told apart by `register`. An import writes what it changes under the next number of a generation;
 * a subject's record is the one with the highest generation up to that in force, and none where that row has no bytes.
 * So an import comes into force by one change of `register_state`, and goes out of force the same way. Kept are the
 * generation in force and the one before it: what the latter superseded is deleted by the import that follows.
 * Records are spread by subject; everything else is small.
 */
export const REGISTER_SCHEMA: PostgresSchema = {
  part: 'register',
  migrations: [
    `
    create table register_record (
      subject    bytea  not null,
      register   text   not null,
      generation bigint not null,
      sealed     bytea,
      primary key (subject, register, generation)
    );
    create index register_record_by_generation on register_record (register, generation);

    create table register_state (
      register   text   primary key,
      generation bigint,
      previous   bigint,
      newest     bigint not null
    );

    create table register_road (
      register   text   not null,
      code       bytea  not null,
      generation bigint not null,
      postcode   bytea  not null,
      sealed     bytea  not null,
      primary key (register, code, generation)
    );
    create index register_road_by_postcode on register_road (register, postcode);

    create table register_chain (
      register        text   not null,
      generation      bigint not null,
      task            text   not null,
      production_date text   not null,
      primary key (register, generation, task)
    );

    create table register_tally (
      register   text   not null,
      generation bigint not null,
      key        text   not null,
      records    bigint not null,
      primary key (register, generation, key)
    );

    create table register_import (
      register   text   not null,
      generation bigint not null,
      at         bigint not null,
      report     text   not null,
      primary key (register, generation)
    )
    `,
  ],
  tables: {
    register_record: { by: 'subject' },
    register_state: 'on-every-node',
    register_road: 'on-every-node',
    register_chain: 'on-every-node',
    register_tally: 'on-every-node',
    register_import: 'on-every-node',
  },
};
