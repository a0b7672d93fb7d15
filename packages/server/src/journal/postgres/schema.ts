import type { PostgresSchema } from '../../storage/postgres/schema.ts';

/**
 * The journal's tables. Those that grow are spread by account or by subject, and what happens on the way to an
 * answer names one of these.
 *
 * `ledger_account` is the one row that everything about an account is decided under: the id of its latest entry, its
 * clock, its budgets by register (JSON), and how far its entries are known to be in the tree. `entry` is as in the
 * embedded store, numbered by account. `tree_leaf` gives entries their place in the tree, `ledger_tree` is the tree,
 * and says who may add to it. `subtree` has the roots of complete parts of it, one for each 256 entries and some more. `name_attempt` has the names tried for a number and when (JSON), as long as one
 * of them counts. `batch_job`, `batch_chunk` and `batch_unknown` are as in the embedded store; who works on a job holds
 * it until a time, and has a number for it. `batch_upload` has uploaded rows in sealed pieces.
 * Half of a page of `ledger_account` and `batch_job` is left free, so that their rows can be changed in place.
 */
export const JOURNAL_SCHEMA: PostgresSchema = {
  part: 'journal',
  migrations: [
    `
    create table ledger_account (
      account   text   primary key,
      last_id   bigint not null,
      sequenced bigint not null default 0,
      clock     bigint not null,
      budgets   text   not null
    ) with (fillfactor = 50);

    create table entry (
      account   text   not null,
      id        bigint not null,
      at        bigint not null,
      register  text   not null,
      operation text   not null,
      subject   bytea,
      reference bytea,
      leaf      bytea  not null,
      hash      bytea  not null,
      details   bytea,
      primary key (account, id)
    );
    create index entry_by_reference on entry (account, reference, id) where reference is not null;
    create index entry_by_subject on entry (subject) where subject is not null;
    create index entry_by_time on entry (at);

    create table tree_leaf (
      account  text   not null,
      id       bigint not null,
      position bigint not null,
      primary key (account, id)
    );
    create index tree_leaf_by_position on tree_leaf (position);

    create table ledger_tree (
      only_row bigint primary key check (only_row = 1),
      term     bigint not null,
      holder   text   not null,
      until    bigint not null,
      size     bigint not null,
      frontier bytea  not null,
      clock    bigint not null
    );

    create table checkpoint (
      size     bigint primary key,
      frontier bytea  not null,
      note     text   not null,
      at       bigint not null
    );

    create table name_attempt (
      subject bytea  primary key,
      tried   text   not null,
      until   bigint not null
    );
    create index name_attempt_by_until on name_attempt (until);

    create table kept_answer (
      account text   not null,
      id      bigint not null,
      key     bytea,
      request bytea,
      until   bigint not null,
      answer  bytea  not null,
      primary key (account, id)
    );
    create unique index kept_answer_by_key on kept_answer (account, key) where key is not null;
    create index kept_answer_by_until on kept_answer (until);

    create table write_probe (
      only_row bigint primary key check (only_row = 1),
      at       bigint not null
    )
    `,
    `
    create table batch_job (
      account     text   not null,
      id          text   not null,
      kind        text   not null,
      state       text   not null,
      reason      text,
      max_unknown bigint not null,
      created_at  bigint not null,
      ended_at    bigint,
      input_bytes bigint not null,
      input_hash  bytea  not null,
      input_rows  bigint not null,
      target      bytea,
      settings    bytea  not null,
      chunks      bigint not null,
      row_count   bigint not null,
      errors      bigint not null,
      unknown     bigint not null,
      next_offset bigint not null,
      next_line   bigint not null,
      uploaded    bigint not null,
      forgotten_at bigint,
      term        bigint not null,
      held_until  bigint not null,
      primary key (account, id)
    ) with (fillfactor = 50);
    create index batch_job_by_time on batch_job (account, created_at, id);
    create index batch_job_by_target on batch_job (account, target, created_at) where target is not null;
    create index batch_job_uploaded on batch_job (state, created_at, id) where uploaded = 1;

    create table batch_chunk (
      account text   not null,
      job     text   not null,
      number  bigint not null,
      results bytea  not null,
      primary key (account, job, number)
    );

    create table batch_upload (
      account text   not null,
      job     text   not null,
      number  bigint not null,
      piece   bytea  not null,
      kept_at bigint not null,
      primary key (account, job, number)
    );

    create table batch_unknown (
      account text   not null,
      minute  bigint not null,
      numbers bigint not null,
      primary key (account, minute)
    )
    `,
    `
    create table subtree (
      height   bigint not null,
      position bigint not null,
      root     bytea  not null,
      primary key (height, position)
    )
    `,
  ],
  tables: {
    ledger_account: { by: 'account' },
    entry: { by: 'account' },
    tree_leaf: { by: 'account' },
    kept_answer: { by: 'account' },
    batch_job: { by: 'account' },
    batch_chunk: { by: 'account' },
    batch_upload: { by: 'account' },
    batch_unknown: { by: 'account' },
    name_attempt: { by: 'subject' },
    ledger_tree: 'on-every-node',
    checkpoint: 'on-every-node',
    subtree: 'on-every-node',
    write_probe: 'on-every-node',
  },
};
