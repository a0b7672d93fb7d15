import { parentPort, workerData } from 'node:worker_threads';
import { batchRights } from './batch/rights.ts';
import { runUpload } from './batch/run-upload.ts';
import type { RunnerReport, RunnerTask } from './batch/upload-queue.ts';
import type { Config } from './config/load.ts';
import { isFailure } from './failure.ts';
import type { Batch, BatchName } from './journal/batch-journal.ts';
import { openFolder, openHouse } from './open-house.ts';
import { danishDay } from './verification/danish-day.ts';

/** Works on one uploaded job, for `batch/upload-queue.ts`, on connections of its own, and ends. */
const { settings, job: name } = workerData as RunnerTask;
const interruption = new AbortController();
const tell = (report: RunnerReport): void => parentPort?.postMessage(report);
// Unless it is told to stop nothing should keep it alive but its work.
parentPort?.on('message', () => interruption.abort()).unref();

async function work(config: Config, { id, account }: BatchName): Promise<Batch> {
  const clock = (): number => Date.now();
  const house = await openHouse(await openFolder(config, clock), config, clock);
  const pool = house.openAskingPool();
  const journal = house.batches;
  try {
    const job = await journal.job({ id, account });
    if (job === null || job.state !== 'running') throw new Error('The job has ended.');
    const rights = async () => batchRights(await house.accounts.byId(account), true);
    let before = job;
    return await runUpload(
      { journal, pool, today: () => danishDay(clock()), rights },
      job,
      interruption.signal,
      (now) => {
        tell({ kind: 'progress', rows: now.rows - before.rows, errors: now.errors - before.errors });
        before = now;
      },
    );
  } finally {
    await pool.close();
    await house.close();
  }
}

work(settings as Config, name).then(
  ({ state }) => tell({ kind: 'ended', state }),
  (error: unknown) => tell({ kind: 'failed', code: isFailure(error) ? error.code : 'unexpected' }),
);
