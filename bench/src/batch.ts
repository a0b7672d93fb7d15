import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgres, startServer, temporaryFolder, vidimus } from '@vidimus/testkit';
import { csvAlone, matchingAlone } from './batch/baselines.ts';
import { liveLatency } from './batch/latency-of-requests.ts';
import { measuredRun } from './batch/measured-run.ts';
import { importPopulation } from './batch/population.ts';
import { writeRowsFile } from './batch/rows-file.ts';
import { uploadedRun } from './batch/uploaded-run.ts';
import { medianOf } from './figure.ts';

/*
 * `npm run bench:batch -- [--persons 100000] [--rows 100000] [--runs 3] [--store postgres]`: rows per second of `batch run` on the full
 * path with the ledger, and of the same file uploaded, beside reading the same file alone and comparing the same rows alone; and what either
 * does to live requests. Writes bench/results/batch.json, or batch-postgres.json of a PostgreSQL that it starts.
 */
const { values } = parseArgs({
  options: {
    persons: { type: 'string', default: '100000' },
    rows: { type: 'string', default: '100000' },
    runs: { type: 'string', default: '3' },
    store: { type: 'string', default: 'sqlite' },
  },
});
const [persons, rows, runs] = [Number(values.persons), Number(values.rows), Number(values.runs)];
const SEED = 1;

const folder = temporaryFolder();
const isPostgres = values.store === 'postgres';
const database = isPostgres ? await startPostgres({ settings: ['fsync = on'] }) : null;
try {
  // Every command on the folder finds the database by it.
  const databaseUrl = await database?.database();
  if (databaseUrl !== undefined) writeFileSync(join(folder, 'vidimus.json'), JSON.stringify({ databaseUrl }));
  await importPopulation(folder, SEED, persons);
  const input = join(folder, 'rows.csv');
  await writeRowsFile(input, SEED, persons, rows);

  const csv = await csvAlone(input);
  const matching = await matchingAlone(SEED, persons, Math.min(rows, 20_000));
  const batch = [];
  for (let run = 0; run < runs; run += 1) batch.push(await measuredRun(folder, input, rows, run));

  await vidimus(['account', 'add', 'live', '--capability', 'batch', '--data', folder]);
  const server = await startServer({ folder, sandbox: false });
  const key = JSON.parse(
    (await vidimus(['account', 'rotate', 'live', 'api-key', '--data', folder, '--json'])).stdout,
  ) as {
    apiKey: string;
  };
  const alone = await liveLatency(server.url, key.apiKey, SEED, persons);
  const running = measuredRun(folder, input, rows, runs);
  const beside = await liveLatency(server.url, key.apiKey, SEED, persons);
  await running;
  const uploading = uploadedRun(server.url, key.apiKey, input);
  const besideAnUpload = await liveLatency(server.url, key.apiKey, SEED, persons);
  const uploaded = await uploading;
  const aloneAgain = await liveLatency(server.url, key.apiKey, SEED, persons);
  await server.stop();

  const result = {
    measured: { processors: availableParallelism(), persons, rows, runs, load: loadavg()[0] },
    rowsPerSecond: batch.map((each) => Math.round(each.rowsPerSecond)),
    rowsPerProcessorSecond: batch.map((each) => Math.round(each.rowsPerProcessorSecond)),
    peakMemoryMiB: batch.map((each) => each.peakMemoryMiB),
    baselines: { csvRowsPerProcessorSecond: csv, matchingRowsPerProcessorSecond: matching },
    shares: {
      ofCsvAlone: medianOf(batch.map((each) => each.rowsPerProcessorSecond)) / csv,
      ofMatchingAlone: medianOf(batch.map((each) => each.rowsPerProcessorSecond)) / matching,
    },
    uploaded,
    liveMs: { alone, besideABatch: beside, besideAnUpload, aloneAgain },
  };
  mkdirSync(join(import.meta.dirname, '../results'), { recursive: true });
  const name = isPostgres ? 'batch-postgres.json' : 'batch.json';
  writeFileSync(join(import.meta.dirname, '../results', name), `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
} finally {
  await database?.stop();
  rmSync(folder, { recursive: true, force: true });
}
