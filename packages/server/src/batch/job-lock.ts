import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../failure.ts';
import { takeExclusiveLock } from '../storage/exclusive-lock.ts';

/**
 * Makes sure that one process at a time works on a job; it ends with the process, however that ends. Returns what
 * gives it back; fails with `batch-running`.
 */
export function lockJob(dataFolder: string, job: string): () => void {
  const folder = join(dataFolder, 'batches');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${job}.lock`);
  const unlock = takeExclusiveLock(path);
  if (unlock === null) throw new Failure('batch-running');
  return () => {
    unlock();
    rmSync(path, { force: true });
  };
}
