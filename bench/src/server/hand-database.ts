import { startPostgres, type TestPostgres } from '@vidimus/testkit';
import { Client } from 'pg';
import { questions } from './questions.ts';

const ROWS_AT_ONCE = 5000;

/** A PostgreSQL as it comes, durable, with the persons who will be asked about in a plain table. */
export async function handDatabase(
  persons: number,
): Promise<{ readonly postgres: TestPostgres; readonly url: string }> {
  const postgres = await startPostgres({ settings: ['', 'fsync = on', "shared_buffers = '128MB'", ''] });
  const url = await postgres.database();
  const client = new Client(url);
  await client.connect();
  await client.query('create table person (cpr text primary key, record jsonb not null)');
  await client.query(
    'create table audit (id bigserial primary key, at timestamptz not null, cpr text not null, reference text, verdict text)',
  );
  const insert = async (rows: readonly (readonly [string, object])[]) => {
    await client.query('insert into person select * from unnest($1::text[], $2::jsonb[])', [
      rows.map(([number]) => number),
      rows.map(([, record]) => JSON.stringify(record)),
    ]);
  };
  let rows: [string, object][] = [];
  for (const { number, body } of questions(persons)) {
    const { firstNames, lastName, ...rest } = body as Record<string, unknown>;
    rows.push([number, { given: firstNames, surname: lastName, ...rest }]);
    if (rows.length < ROWS_AT_ONCE) continue;
    await insert(rows);
    rows = [];
  }
  await insert(rows);
  await client.query('analyze person');
  await client.end();
  return { postgres, url };
}
