import { openInspectingPool } from './batch/inspecting-pool.ts';
import { openUploadQueue } from './batch/upload-queue.ts';
import type { Config } from './config/load.ts';
import type { House } from './open-house.ts';
import type { Log } from './operations/log.ts';
import type { Metrics } from './operations/metrics.ts';

const DAY_MS = 86_400_000;

/** Takes uploaded batches in and works on them, beside whatever else a server does. */
export function openUploads(
  house: House,
  config: Config,
  clock: () => number,
  metrics: Pick<Metrics, 'batchRows'>,
  log: Log,
) {
  const batches = house.batches;
  const keepBatchesForMs = config.keepBatchesDays * DAY_MS;
  const inspecting = openInspectingPool();
  const uploadQueue = openUploadQueue({
    batches,
    // The thread opens the same folder again, as a command would.
    settings: config,
    keepForMs: keepBatchesForMs,
    clock,
    rowsDone: metrics.batchRows,
    ended: (job, state) => log.info('batch ended', { job, state }),
    failed: (job, code) => log.error('batch interrupted', { job, code }),
  });
  return {
    batches,
    inspecting,
    uploadQueue,
    keepBatchesForMs,
    batchUploadBytes: config.batchUploadMib * 1024 * 1024,
    async close(): Promise<void> {
      await uploadQueue.close();
      await inspecting.close();
    },
  };
}
