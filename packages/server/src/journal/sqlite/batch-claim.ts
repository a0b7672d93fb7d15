import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { takeExclusiveLock } from '../../storage/exclusive-lock.ts';
import type { BatchClaim } from '../batch-journal.ts';

/** Where uploads lie and jobs are claimed. */
export function batchesFolder(dataFolder: string): string {
  return join(dataFolder, 'batches');
}

/** Takes a lock file for a job; it ends with the process, however that ends. */
export function claimJob(dataFolder: string, job: string): BatchClaim | null {
  const folder = batchesFolder(dataFolder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${job}.lock`);
  const unlock = takeExclusiveLock(path);
  if (unlock === null) return null;
  return {
    async release() {
      unlock();
      rmSync(path, { force: true });
    },
  };
}
