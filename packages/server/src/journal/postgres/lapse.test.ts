import { HAS_POSTGRES, startPostgres, type TestPostgres } from '@vidimus/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Postgres } from '../../storage/database.ts';
import { readDatabaseAddress } from '../../storage/postgres/address.ts';
import { migrate } from '../../storage/postgres/migrate.ts';
import { openPostgres } from '../../storage/postgres/open-postgres.ts';
import type { NameAttempt } from '../journal.ts';
import { dropLapsed } from './kept-answers.ts';
import { countNameAttempts, forgetNames } from './name-attempts.ts';
import { JOURNAL_SCHEMA } from './schema.ts';

const HOUR = 3_600_000;
const START = 1_800_000_000_000;

const bytes = (text: string) => Buffer.from(text.padEnd(16));
const attempt = (subject: string, name: string): NameAttempt => ({
  subject: bytes(subject),
  name: bytes(name),
  rule: { names: 2, windowMs: HOUR },
});

describe.skipIf(!HAS_POSTGRES)('what lapses in a database', () => {
  let server: TestPostgres;
  let db: Postgres;

  beforeAll(async () => {
    server = await startPostgres();
    const address = readDatabaseAddress(await server.database());
    if (typeof address === 'string') throw new Error(address);
    db = await openPostgres(address);
    await migrate(db, JOURNAL_SCHEMA);
  }, 60_000);
  beforeEach(() => db.run('truncate name_attempt'));
  afterAll(async () => {
    await db.close();
    await server.stop();
  });

  const tryAll = (attempts: readonly NameAttempt[], now: number) =>
    db.transaction((sql) => countNameAttempts(sql, attempts, now));
  const kinds = async (attempts: readonly NameAttempt[], now = START) =>
    (await tryAll(attempts, now)).map(({ kind }) => kind);
  const numbersKept = async () => (await db.get('select count(*) as numbers from name_attempt'))?.['numbers'];

  test('many names at once are decided in their order, as one after the other would be', async () => {
    const tried = [
      attempt('a', '1'),
      attempt('b', '1'),
      attempt('a', '2'),
      attempt('a', '3'),
      attempt('a', '1'),
    ];
    expect(await kinds(tried)).toEqual(['allowed', 'allowed', 'allowed', 'too-many', 'allowed']);
    expect(await kinds([attempt('a', '3'), attempt('b', '3')], START + HOUR - 1)).toEqual([
      'too-many',
      'allowed',
    ]);
    expect(await kinds([attempt('a', '3')], START + HOUR + 1)).toEqual(['allowed']);
  });

  test('those who try names for the same numbers at once count each other', async () => {
    const of = (name: string) => Array.from({ length: 100 }, (_, at) => attempt(`number ${at}`, name));
    const decided = await Promise.all(['1', '2', '3', '4'].map((name) => kinds(of(name).toReversed())));
    for (let at = 0; at < 100; at += 1) {
      const allowed = decided.filter((each) => each[at] === 'allowed');
      expect(allowed, `number ${at}`).toHaveLength(2);
    }
  });

  test('the names of numbers nobody asks for again are forgotten some at a time, and others are not', async () => {
    await tryAll(
      Array.from({ length: 700 }, (_, at) => attempt(`old ${at}`, 'x')),
      START,
    );
    await tryAll([attempt('new', 'x'), attempt('old 3', 'y')], START + HOUR / 2);
    expect(await forgetNames(db, START + HOUR)).toBe(true);
    expect(await numbersKept()).toBe(201);
    expect(await forgetNames(db, START + HOUR)).toBe(false);
    expect(await numbersKept()).toBe(2);
    expect(await kinds([attempt('old 3', 'y'), attempt('old 3', 'z')], START + HOUR + 1)).toEqual([
      'allowed',
      'allowed',
    ]);
  });

  test('answers that have lapsed are deleted some at a time, and others are not', async () => {
    await db.run(
      `insert into kept_answer (account, id, until, answer)
       select 'acc_a', id, id, '' from generate_series(1, 700) as id`,
    );
    const kept = async () => (await db.get('select min(id) as first from kept_answer'))?.['first'];
    expect(await dropLapsed(db, 600)).toBe(true);
    expect(await dropLapsed(db, 600)).toBe(false);
    expect(await kept()).toBe(601);
  });
});
