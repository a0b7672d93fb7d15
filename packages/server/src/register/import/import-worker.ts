import { move, transferableSymbol, valueSymbol, workerData } from 'piscina';
import { isFailure } from '../../failure.ts';
import { type ImportKeys, importWork, type WorkDone, type WorkTask } from './import-work.ts';

/** Runs in each thread of an import; its results are moved and not copied. */
const work = importWork(workerData as ImportKeys);

export function run([name, task]: WorkTask): unknown {
  try {
    const result = name === 'stageCpr' ? work.stageCpr(task) : work[name](task);
    return moved({ kind: 'done', result });
  } catch (error) {
    if (!isFailure(error)) throw error;
    return { kind: 'failed', code: error.code } satisfies WorkDone;
  }
}

function moved(done: Extract<WorkDone, { kind: 'done' }>): unknown {
  const { rows } = done.result;
  const arrays =
    'sealed' in rows ? [rows.subjects, rows.ends, rows.sealed] : [rows.rows, rows.ends, rows.bytes];
  return move({
    [transferableSymbol]: arrays.map(({ buffer }) => buffer),
    [valueSymbol]: done,
  });
}
