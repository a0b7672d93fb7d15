import { lockForChange } from './change-lock.ts';
import { Generations } from './generations.ts';

/** Puts the register back to before its last import; fails with `rollback-impossible` when nothing older is kept. */
export function rollBack(folder: string): void {
  const generations = new Generations(folder);
  const unlock = lockForChange(folder);
  try {
    generations.goBack();
  } finally {
    unlock();
  }
}
