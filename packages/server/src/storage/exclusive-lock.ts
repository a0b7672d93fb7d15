import { DatabaseSync } from 'node:sqlite';

/**
 * Takes a lock that only one process holds and that ends with the process, however it ends: an exclusive
 * transaction on a file of its own. Returns the function that gives it back, or null when somebody has it.
 */
export function takeExclusiveLock(path: string): (() => void) | null {
  const db = new DatabaseSync(path, { timeout: 0 });
  try {
    db.exec('begin exclusive');
    return () => db.close();
  } catch {
    db.close();
    return null;
  }
}
