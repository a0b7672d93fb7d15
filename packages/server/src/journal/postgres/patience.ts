import { Failure } from '../../failure.ts';

/** A step of work that takes longer waits for a database that has gone without a word. */
const STEP_PATIENCE_MS = 10_000;

/** Gives a step on a connection of its own so much time; fails with `database-unreachable` when that is over. */
export async function soon<T>(step: Promise<T>): Promise<T> {
  let overdue: NodeJS.Timeout | undefined;
  const patience = new Promise<never>((_, reject) => {
    const failure = new Failure('database-unreachable', 'It does not answer.');
    overdue = setTimeout(() => reject(failure), STEP_PATIENCE_MS).unref();
  });
  try {
    return await Promise.race([step, patience]);
  } finally {
    clearTimeout(overdue);
  }
}
