import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startPostgres, type TestPostgres } from './postgres.ts';

/** The same tests run on both stores; the test runner says on which. */
const IS_POSTGRES = process.env['VIDIMUS_TEST_STORE'] === 'postgres';

let server: Promise<TestPostgres> | null = null;

/**
 * Gives a new data folder a database of its own where tests run on PostgreSQL: its address stands in the folder's
 * `vidimus.json`, so that every command on the folder finds it too. The PostgreSQL ends with the test process.
 */
export async function chooseStore(folder: string): Promise<void> {
  if (!IS_POSTGRES) return;
  server ??= startForThisProcess();
  const databaseUrl = await (await server).database();
  writeFileSync(join(folder, 'vidimus.json'), JSON.stringify({ databaseUrl }));
}

async function startForThisProcess(): Promise<TestPostgres> {
  const postgres = await startPostgres();
  process.once('exit', () => postgres.endAtOnce());
  return postgres;
}
