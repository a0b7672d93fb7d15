import type { PostgresSchema } from '../../storage/postgres/schema.ts';

/**
 * The journal's tables. Those that grow are spread by account or by subject, and what happens on the way to an
 * answer names one of these.
 *
 * `ledger_account` is the one row that everything about an account is decided under: the id of its latest entry, its
 * clock, its budgets by register (JSON), and how far its entries are known to be in the tree. `entry` is as in the
 * embedded store, numbered by account. `tree_leaf` gives entries their place in the tree, `ledger_tree` is the tree,
 * and says who may add to it. `name_attempt` has the names tried for a number and when (JSON), as long as one
 * of them counts.
 * Half of a page of `ledger_account` is left free, so that its rows can be changed in place.
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
  ],
  tables: {
    ledger_account: { by: 'account' },
    entry: { by: 'account' },
    tree_leaf: { by: 'account' },
    kept_answer: { by: 'account' },
    name_attempt: { by: 'subject' },
    ledger_tree: 'on-every-node',
    checkpoint: 'on-every-node',
    write_probe: 'on-every-node',
  },
};
