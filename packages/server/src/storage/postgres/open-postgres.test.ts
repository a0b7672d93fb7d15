import { HAS_POSTGRES, startPostgres, type TestPostgres } from '@vidimus/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { readDatabaseAddress } from './address.ts';
import { migrate, versionOf } from './migrate.ts';
import { openPostgres, type Postgres } from './open-postgres.ts';
import type { PostgresSchema } from './schema.ts';

/** A request must be refused within a second when the database does not answer. */
const A_SECOND_MS = 1000;

describe.skipIf(!HAS_POSTGRES)('a PostgreSQL database', () => {
  let server: TestPostgres;
  let url: string;
  const opened: Postgres[] = [];

  beforeAll(async () => {
    server = await startPostgres();
    url = await server.database();
  });
  afterEach(async () => {
    for (const db of opened.splice(0)) await db.close();
  });
  afterAll(() => server.stop());

  async function open(address = url): Promise<Postgres> {
    const read = readDatabaseAddress(address);
    if (typeof read === 'string') throw new Error(read);
    const db = await openPostgres(read);
    opened.push(db);
    return db;
  }

  async function withTable(name: string): Promise<Postgres> {
    const db = await open(await server.database());
    await migrate(db, {
      ...COUNTERS,
      migrations: [`create table ${name} (id text primary key, n bigint not null)`],
    });
    return db;
  }

  async function takes(work: () => Promise<unknown>): Promise<number> {
    const from = performance.now();
    await work();
    return performance.now() - from;
  }

  test('gives and takes whole numbers, texts, bytes and nothing', async () => {
    const db = await open();
    const row = await db.get(
      'select $1::bigint as n, $2::text as t, $3::bytea as b, $4::text as nothing',
      2 ** 52,
      'ærø',
      Buffer.from([0, 255]),
      null,
    );
    expect(row).toEqual({ n: 2 ** 52, t: 'ærø', b: Buffer.from([0, 255]), nothing: null });
  });

  test('two processes that start at once migrate once, and a newer schema is refused', async () => {
    const [one, other] = [await open(await server.database()), await open()];
    const schema: PostgresSchema = {
      ...COUNTERS,
      migrations: ['create table once (id text)', 'insert into once values ($$x$$)'],
    };
    const same = [one, one, one, one].map((db) => migrate(db, schema));
    await Promise.all(same);
    expect(await one.all('select id from once')).toEqual([{ id: 'x' }]);
    expect(await versionOf(one, 'batch')).toBe(2);
    await expect(migrate(one, { ...schema, migrations: ['select 1'] })).rejects.toMatchObject({
      code: 'schema-newer',
    });
    expect(await versionOf(other, 'batch')).toBe(0);
  });

  test('a transaction that the engine undid is tried again, but not for ever', async () => {
    const db = await withTable('tried');
    const undone = (times: number) => {
      let attempts = 0;
      return db.transaction(async (sql) => {
        attempts += 1;
        await sql.run('insert into tried values ($1, $2)', `of ${times}`, attempts);
        if (attempts <= times) await sql.run("do 'begin raise exception using errcode = ''40001''; end'");
        return attempts;
      });
    };
    expect(await undone(2)).toBe(3);
    await expect(undone(100)).rejects.toMatchObject({ code: 'storage-busy' });
    expect(await db.all('select * from tried')).toEqual([{ id: 'of 2', n: 3 }]);
  });

  test('a transaction that went on after a failed statement is never said to be committed', async () => {
    const db = await withTable('swallowed');
    const swallowing = db.transaction(async (sql) => {
      await sql.run('insert into swallowed values ($1, 1)', 'a');
      await sql.run('insert into swallowed values ($1, 1)', 'a').catch(() => undefined);
    });
    await expect(swallowing).rejects.toThrow('went on');
    expect(await db.all('select * from swallowed')).toEqual([]);
  });

  test('a lock that somebody else holds fails what waits for it, and nothing else', async () => {
    const db = await withTable('locked');
    await db.run('insert into locked values ($1, 0)', 'a');
    const raise = 'update locked set n = n + 1 where id = $1';
    await db.unhurried((line) =>
      line.transaction(async (sql) => {
        await sql.run(raise, 'a');
        expect(
          await takes(() => expect(db.run(raise, 'a')).rejects.toMatchObject({ code: 'storage-busy' })),
        ).toBeLessThan(A_SECOND_MS);
        expect(db.trouble()).toBeNull();
      }),
    );
    expect(await db.run(raise, 'a')).toBe(1);
  });

  test('a database that is killed or frozen is refused within a second, and used again when it is back', async () => {
    const db = await open();
    const ask = () => db.get('select 1 as one');
    const refused = () => expect(ask()).rejects.toMatchObject({ code: 'database-unreachable' });
    await ask();
    server.signal('SIGSTOP');
    expect(await takes(refused)).toBeLessThan(A_SECOND_MS);
    expect(db.trouble()).toMatch('cannot be reached');
    expect(await takes(refused)).toBeLessThan(A_SECOND_MS / 2);
    server.signal('SIGCONT');
    await vi.waitFor(ask, { timeout: 10_000 });
    server.signal('SIGKILL');
    expect(await takes(refused)).toBeLessThan(A_SECOND_MS);
    await server.restart();
    await vi.waitFor(ask, { timeout: 10_000 });
    expect(db.trouble()).toBeNull();
  });

  test('a commit that was cancelled while it waited for a standby is none, though the database says so', async () => {
    const db = await withTable('unconfirmed');
    await server.query(url, "alter system set synchronous_standby_names = 'nobody'");
    await server.query(url, 'select pg_reload_conf()');
    const cancel = "select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'";
    const cancelling = setInterval(() => void server.query(url, cancel).catch(() => undefined), 100);
    let rows = 0;
    try {
      for (const insert of [
        (id: string) => db.run('insert into unconfirmed values ($1, 1)', id),
        (id: string) => db.transaction((sql) => sql.run('insert into unconfirmed values ($1, 1)', id)),
      ]) {
        // Until the database has taken in the setting it commits, and one that is cancelled late is taken for gone.
        const refused = async (): Promise<void> => {
          rows += 1;
          await expect(insert(`row ${rows}`)).rejects.toThrow('No synchronous standby');
        };
        await vi.waitFor(refused, { timeout: 20_000 });
      }
    } finally {
      clearInterval(cancelling);
      await server.query(url, 'alter system reset synchronous_standby_names');
      await server.query(url, 'select pg_reload_conf()');
    }
  });

  test('of two hosts the one that takes writes is used', async () => {
    const readOnly = await startPostgres({ settings: ['default_transaction_read_only = on'] });
    try {
      const both = url.replace('@', `@127.0.0.1:${readOnly.port},`).replace('/test_1', '/postgres');
      const db = await open(both);
      expect(await db.get('show default_transaction_read_only')).toEqual({
        default_transaction_read_only: 'off',
      });
      await expect(open(`postgres://postgres@127.0.0.1:${readOnly.port}/postgres`)).rejects.toMatchObject({
        code: 'database-unreachable',
      });
    } finally {
      await readOnly.stop();
    }
  });

  test('commits are durable although the database’s default is that they are not', async () => {
    const careless = await server.database();
    await server.query(careless, `alter database ${careless.split('/').at(-1)} set synchronous_commit = off`);
    expect(await (await open(careless)).get('show synchronous_commit')).toEqual({ synchronous_commit: 'on' });
  });

  test('a user or database that is not there is told without the password', async () => {
    const unknown = url.replace('postgres@', 'nobody:hush@');
    const failure: Error = await open(unknown).then(
      () => new Error('opened'),
      (error: Error) => error,
    );
    expect(failure).toMatchObject({ code: 'database-refused' });
    expect(`${failure.message}${failure.stack}`).not.toMatch('hush');
  });
});

const COUNTERS: PostgresSchema = { part: 'batch', migrations: [], tables: {} };
