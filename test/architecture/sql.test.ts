import { Visitor } from 'oxc-parser';
import { expect, test } from 'vitest';
import { DATABASE_SCHEMAS } from '../../packages/server/src/database-schemas.ts';
import { lineAt, SHIPPED } from './sources.ts';

/**
 * SQL that PostgreSQL takes, but that a distributed engine behind its protocol refuses, does badly, or does
 * otherwise: Citus, YugabyteDB and CockroachDB, after pg-boss's list of differences between database backends.
 */
const FORBIDDEN: Readonly<Record<string, RegExp>> = {
  'skipping locked rows': /skip locked/i,
  'messages between sessions': /\b(listen|notify|pg_notify)\b/i,
  'advisory locks': /pg_(try_)?advisory/i,
  'procedures in the database': /\b(plpgsql|create (or replace )?(function|procedure|trigger))\b|\bdo \$/i,
  'sequences, which have one owner':
    /\b(big)?serial\b|generated (always|by default) as identity|\bnextval\b|create sequence/i,
  'constraints checked at the end': /\bdeferrable\b/i,
  'partitions made by us': /\bpartition (by|of)\b/i,
  'tables that a crash empties': /\bunlogged\b/i,
  'columns only carried in an index': /\binclude \(/i,
  'a change inside a query': /\bwith \w+ as \((insert|update|delete)/i,
  'a conflict with whatever there is': /on conflict do/i,
  'views that are stored': /materialized view/i,
};

/** Files whose statements reach PostgreSQL: the PostgreSQL stores, and what is written once for both. */
const REACHES_POSTGRES =
  /server\/src\/(.*postgres\/|accounts\/|tokens\/|storage\/(keyring|data-folder)|journal\/ledger-signer)/;

interface Statement {
  readonly at: string;
  readonly file: string;
  readonly text: string;
}

/** Every text that begins like a statement, with `${…}` left out of templates. */
const STATEMENTS: readonly Statement[] = SHIPPED.filter(({ path }) => REACHES_POSTGRES.test(path)).flatMap(
  ({ path, text, program }) => {
    const found: Statement[] = [];
    const take = (start: number, sql: string) => {
      if (!/^\s*(select|insert|update|delete|with|copy|create|truncate|alter|drop)\b/i.test(sql)) return;
      const file = path.replace('packages/server/src/', '');
      found.push({ at: `${file}:${lineAt(text, start)}`, file, text: sql.replace(/\s+/g, ' ').trim() });
    };
    new Visitor({
      Literal({ start, value }) {
        if (typeof value === 'string') take(start, value);
      },
      TemplateLiteral({ start, quasis }) {
        take(start, quasis.map(({ value }) => value.cooked ?? '').join(' … '));
      },
    }).visit(program);
    return found;
  },
);

test('there are statements to look at', () => {
  expect(STATEMENTS.length).toBeGreaterThan(60);
});

test.each(Object.entries(FORBIDDEN))('no statement uses %s', (_what, pattern) => {
  expect(STATEMENTS.filter(({ text }) => pattern.test(text)).map(({ at }) => at)).toEqual([]);
});

/** Tables that are spread, with the column they are spread by. */
const SPREAD = new Map(
  DATABASE_SCHEMAS.flatMap(({ tables }) => Object.entries(tables)).flatMap(([table, placement]) =>
    placement === 'on-every-node' ? [] : [[table, placement.by] as const],
  ),
);

/** Statements that go over all nodes, each by file and beginning: none stands between a question and its answer. */
const WIDE: readonly (readonly [file: string, begins: string, when: string])[] = [
  [
    'journal/postgres/batch-rows.ts',
    'select account, id, kind',
    'the beginning of statements that end in the account; operators, and servers that look for work',
  ],
  ['journal/postgres/batch-rows.ts', 'select count(*) as jobs', 'metrics of batches'],
  ['journal/postgres/batch-uploads.ts', 'select account, job', 'uploads without a job, beside requests'],
  ['journal/postgres/erase-subject.ts', 'select entry.account', 'an erasure, which is about all accounts'],
  [
    'journal/postgres/kept-answers.ts',
    'select account, id from kept_answer',
    'once a minute, beside requests',
  ],
  [
    'journal/postgres/kept-answers.ts',
    'select kept_answer.id',
    'the beginning of a statement that ends in the account',
  ],
  ['journal/postgres/ledger-reader.ts', 'select count(*)', 'counting for operators'],
  ['journal/postgres/name-attempts.ts', 'select subject from name_attempt', 'once a minute, beside requests'],
  ['journal/postgres/open-audit.ts', 'select account', 'an audit'],
  ['journal/postgres/open-journal.ts', 'select max(clock)', 'the start of a server'],
  ['journal/postgres/stored-ledger.ts', 'select tree_leaf.position', 'an audit'],
  ['journal/postgres/stored-ledger.ts', 'select account, last_id', 'an audit'],
  [
    'journal/postgres/subtree-rows.ts',
    'select tree_leaf.position',
    'a proof, which is about the tree of all',
  ],
  ['journal/postgres/waiting-entries.ts', 'select account', 'the one process that adds to the tree'],
  ['register/postgres/copy-rows.ts', 'copy register_record', 'an import'],
  ['register/postgres/kept-generations.ts', 'delete from register_record', 'an import'],
  ['register/postgres/open-register.ts', 'select subject, sealed', 'another generation comes into force'],
  ['register/postgres/read-record.ts', 'select subject, sealed', 'the rows of a batch, some hundred at once'],
  ['register/postgres/register-draft.ts', 'select subject, sealed', 'an import'],
  ['register/postgres/reseal-register.ts', 'select count(*)', 'a rotation of keys'],
  ['register/postgres/reseal-register.ts', 'select subject as key', 'a rotation of keys'],
];

function spreadTablesIn({ text }: Statement): [string, string][] {
  return [...SPREAD].filter(([table]) =>
    new RegExp(`\\b(from|into|update|join|using|copy) ${table}\\b`, 'i').test(text),
  );
}

function namesKey(text: string, column: string): boolean {
  if (/^insert/i.test(text)) {
    const conflict = /on conflict \(([^)]*)\)/i.exec(text)?.[1];
    const columns = /\(([^)]*)\)/.exec(text)?.[1] ?? '';
    return columns.includes(column) && (conflict === undefined || conflict.includes(column));
  }
  return new RegExp(`\\b${column} = \\$\\d`, 'i').test(text);
}

test('every statement on a spread table names its key, so that one node answers it, unless it may take its time', () => {
  const wide = STATEMENTS.filter((statement) => !/^create/i.test(statement.text)).filter((statement) =>
    spreadTablesIn(statement).some(([, column]) => !namesKey(statement.text, column)),
  );
  const isKnown = ({ file, text }: Statement) =>
    WIDE.some(([knownFile, begins]) => file === knownFile && text.startsWith(begins));
  expect(wide.filter((each) => !isKnown(each)).map(({ at, text }) => `${at} ${text}`)).toEqual([]);
  const unused = WIDE.filter(
    ([file, begins]) => !wide.some((each) => each.file === file && each.text.startsWith(begins)),
  );
  expect(unused).toEqual([]);
});

test('every unique key of a spread table holds the column it is spread by', () => {
  const ddl = DATABASE_SCHEMAS.flatMap(({ migrations }) => migrations).join(';');
  for (const [table, column] of SPREAD) {
    const definition = new RegExp(`create table ${table} \\(([^;]*)`, 'i').exec(ddl)?.[1] ?? '';
    const inline = new RegExp(`\\b${column} +\\w+ +primary key`, 'i').test(definition);
    const keys = [...definition.matchAll(/(?:primary key|unique) \(([^)]*)\)/gi)].map(
      ([, columns]) => columns ?? '',
    );
    const indexes = [...ddl.matchAll(new RegExp(`create unique index \\w+ on ${table} \\(([^)]*)\\)`, 'gi'))];
    const all = [...keys, ...indexes.map(([, columns]) => columns ?? '')];
    expect(inline || all.length > 0, table).toBe(true);
    expect(
      all.filter((columns) => !columns.split(/, */).includes(column)),
      table,
    ).toEqual([]);
  }
});
