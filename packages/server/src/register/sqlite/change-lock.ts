import { join } from 'node:path';
import { Failure } from '../../failure.ts';
import { takeExclusiveLock } from '../../storage/exclusive-lock.ts';

/**
 * Makes sure that only one process changes a register; it ends with the process. Returns what gives it back;
 * fails with `import-running` when another process has it.
 */
export function lockForChange(folder: string): () => void {
  const unlock = takeExclusiveLock(join(folder, 'import.lock'));
  if (unlock === null) throw new Failure('import-running');
  return unlock;
}
