import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  HAS_POSTGRES,
  plainEnvironment,
  startServer,
  temporaryFolder,
  VIDIMUS,
  vidimus,
} from '@vidimus/testkit';
import { expect, test } from 'vitest';
import { batchRounds } from './proofs/batch/batch-rounds.ts';
import { ROWS, rowsOf, troubleInEntries } from './proofs/batch/rows.ts';
import { uploadRounds } from './proofs/batch/upload-rounds.ts';
import { postgresStore } from './proofs/proof-store.ts';

/**
 * However often `batch run` is killed: each row is in the ledger once, in its order, and the results are byte for byte
 * those of a run that nobody disturbed. `npm run test:batch` has more rounds.
 */
test('kill -9 of batch run loses and doubles no row', { timeout: 240_000 }, async () => {
  const { figures, violations } = await batchRounds(1, Date.now() % 1_000_000);
  expect({ figures, violations }).toMatchObject({ violations: [] });
});

test('nor does kill -9 of a server that works on an uploaded batch, or its end in order', {
  timeout: 240_000,
}, async () => {
  const { figures, violations } = await uploadRounds(1, Date.now() % 1_000_000);
  expect({ figures, violations }).toMatchObject({ violations: [] });
});

test('Ctrl-C of batch run ends it behind a chunk, and the same command goes on', {
  timeout: 60_000,
}, async () => {
  const path = temporaryFolder();
  await (await startServer({ folder: path })).stop();
  const [input, out] = [join(path, 'rows.csv'), join(path, 'out.csv')];
  writeFileSync(input, rowsOf(ROWS));
  const args = ['batch', 'run', input, '--out', out, '--data', path, '--json'];
  const child = spawn(process.execPath, [VIDIMUS, ...args], {
    env: plainEnvironment(),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += String(chunk);
  });
  const gone = once(child, 'close');
  const written = (): number => (existsSync(out) ? statSync(out).size : 0);
  while (written() < 1000) await delay(5);
  child.kill('SIGINT');
  expect(await gone).toEqual([1, null]);
  const { job, state, rows } = JSON.parse(said) as { job: string; state: string; rows: number };
  expect([state, rows % 500, rows > 0 && rows < ROWS]).toEqual(['running', 0, true]);

  const last = await vidimus(args);
  expect([last.exit, JSON.parse(last.stdout)]).toMatchObject([0, { job, state: 'finished', rows: ROWS }]);
  expect(readFileSync(out, 'utf8').split('\n')).toHaveLength(ROWS + 2);
  expect(await troubleInEntries({ path, environment: {} }, job)).toEqual([]);
});

test.skipIf(!HAS_POSTGRES)('nor does it on PostgreSQL', { timeout: 240_000 }, async () => {
  const store = await postgresStore();
  // Each kill costs the 3 s until its claim has lapsed.
  const { figures, violations } = await batchRounds(1, Date.now() % 1_000_000, store, 1);
  await store.stop();
  expect({ figures, violations }).toMatchObject({ violations: [] });
});
