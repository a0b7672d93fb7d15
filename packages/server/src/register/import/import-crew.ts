import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { Failure } from '../../failure.ts';
import { type ImportKeys, type ImportWork, importWork, type WorkDone, type WorkTask } from './import-work.ts';

type Later<Work> = {
  readonly [Name in keyof Work]: Work[Name] extends (task: infer Task) => infer Result
    ? (task: Task) => Promise<Result>
    : never;
};

/** Does the work of one import, on all processors or, where little is to be done, in the thread that asks. */
export interface Crew extends Later<ImportWork> {
  /** How many tasks keep all of it busy. */
  readonly hands: number;
  close(): Promise<void>;
}

/** Starting threads takes longer than reading so much of a file. */
const WORTH_THREADS_BYTES = 16 * 1024 * 1024;

/** What a thread keeps at once is small and short-lived; without a limit, garbage is left lying. */
const THREAD_MEMORY = { maxYoungGenerationSizeMb: 32, maxOldGenerationSizeMb: 256 };

export async function gatherCrew(keys: ImportKeys, fileBytes: number): Promise<Crew> {
  return fileBytes < WORTH_THREADS_BYTES ? lonelyCrew(keys) : threadCrew(keys, availableParallelism());
}

function lonelyCrew(keys: ImportKeys): Crew {
  const work = importWork(keys);
  return {
    hands: 1,
    stageCpr: async (task) => work.stageCpr(task),
    settleCpr: async (bucket) => work.settleCpr(bucket),
    settleSsn: async (bucket) => work.settleSsn(bucket),
    close: () => Promise.resolve(),
  };
}

async function threadCrew(keys: ImportKeys, threads: number): Promise<Crew> {
  // A server that imports nothing does not load it.
  const { Piscina } = await import('piscina');
  const pool = new Piscina({
    filename: new URL(`./import-worker${extname(import.meta.filename)}`, import.meta.url).href,
    name: 'run',
    workerData: keys,
    minThreads: threads,
    maxThreads: threads,
    resourceLimits: THREAD_MEMORY,
  });
  async function run<Result>(task: WorkTask, transferList: readonly ArrayBuffer[]): Promise<Result> {
    const done = (await pool.run(task, { transferList: [...transferList] })) as WorkDone;
    if (done.kind === 'failed') throw new Failure(done.code);
    return done.result as Result;
  }
  return {
    // One more than there are threads, so that none waits for the next.
    hands: threads + 1,
    stageCpr: (task) => run(['stageCpr', task], [task.section.bytes.buffer]),
    settleCpr: (bucket) => run(['settleCpr', bucket], [bucket.subjects.buffer, bucket.sealed.buffer]),
    settleSsn: (bucket) => run(['settleSsn', bucket], [bucket.subjects.buffer, bucket.sealed.buffer]),
    close: () => pool.close({ force: true }),
  };
}
