import { spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  documentedBlocks,
  freePort,
  HAS_POSTGRES,
  printsAsShown,
  REPOSITORY,
  runInNewShell,
  shellScript,
  startPostgres,
  type TestPostgres,
  temporaryFolder,
} from '@vidimus/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const PAGE = 'docs/scale.md';
const BLOCKS = documentedBlocks(PAGE, readFileSync(join(REPOSITORY, PAGE), 'utf8'));

const hasCurl =
  (process.env['VIDIMUS_TEST_REQUIRE'] ?? '').split(',').includes('curl') ||
  spawnSync('curl', ['--version']).status === 0;

describe.skipIf(!HAS_POSTGRES || !hasCurl)('every command of the page about scale, on a PostgreSQL', () => {
  let database: TestPostgres;
  let folder: string;
  let port: number;

  beforeAll(async () => {
    database = await startPostgres();
    folder = temporaryFolder();
    port = await freePort();
    for (const own of ['node_modules', '.npmrc']) symlinkSync(join(REPOSITORY, own), join(folder, own));
    writeFileSync(join(folder, 'database-url'), await database.database());
  }, 60_000);
  afterAll(() => database.stop());

  test('there are some', () => {
    expect(BLOCKS.length).toBeGreaterThanOrEqual(2);
  });

  test.each(BLOCKS)('$at', async ({ commands, output }) => {
    const script = shellScript(commands)
      .replaceAll('/run/secrets/database-url', join(folder, 'database-url'))
      .replaceAll('8081', String(port));
    const run = await runInNewShell(script, folder);
    expect(run.exit, run.printed).toBe(0);
    const printed = run.printed.replaceAll(`:${port}`, ':8081');
    const isAsShown = output !== null && printsAsShown(output, printed);
    expect(isAsShown ? output.text : printed).toBe(output?.text);
  });
});
