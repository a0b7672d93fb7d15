import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FailureCode } from '../failure.ts';
import type { Batch, BatchJournal, BatchName, BatchState } from '../journal/batch-journal.ts';
import { forgetLapsed } from './give-up.ts';
import { openPace, type Pace } from './pace.ts';

/** How soon a job is begun that another process took in, or that waited for another one. */
const LOOK_EVERY_MS = 1000;
const TIDY_EVERY_MS = 10 * 60_000;
/** After so many failures in a row a job is stopped, so that those behind it get their turn. */
const MOST_FAILURES = 5;
const FIRST_PAUSE_MS = 1000;
/** What no second attempt puts right: rows that are gone, as after a restored backup, or that do not open. */
const FOR_GOOD: readonly string[] = ['batch-changed', 'sealed-damaged'] satisfies FailureCode[];

/** What the thread that works on a job tells. The counts are those of the chunk. */
export type RunnerReport =
  | { readonly kind: 'progress'; readonly rows: number; readonly errors: number }
  | { readonly kind: 'ended'; readonly state: BatchState }
  | { readonly kind: 'failed'; readonly code: string };

/** What the thread is given; `settings` is handed through as it is. */
export interface RunnerTask {
  readonly settings: object;
  readonly job: BatchName;
}

export interface UploadQueueParts {
  readonly batches: BatchJournal;
  readonly settings: object;
  /** How long results are kept, in ms. */
  readonly keepForMs: number;
  readonly clock: () => number;
  readonly rowsDone: (rows: number, errors: number) => void;
  readonly ended: (job: string, state: BatchState) => void;
  readonly failed: (job: string, code: string) => void;
}

export interface UploadQueue {
  /** Looks at once, since a job has just come. */
  readonly nudge: () => void;
  readonly paceOf: (job: Batch) => Pace | null;
  /** Stops behind the chunk that is being written. */
  readonly close: () => Promise<void>;
}

/**
 * Works on uploaded jobs, one after another in the order in which they came, over all processes on the store: everybody
 * looks at the first, and whoever claims it works on it. The work is done by a thread with connections of its own, as a
 * command beside the server would, so that what answers live requests only hears of it.
 */
export function openUploadQueue(parts: UploadQueueParts): UploadQueue {
  const { batches } = parts;
  const pace = openPace(() => performance.now());
  let isLooking = false;
  let isClosing = false;
  let working: Promise<void> | null = null;
  let stopThread: () => void = () => undefined;
  let failures = 0;
  let pausedUntil = 0;
  const looking = setInterval(look, LOOK_EVERY_MS).unref();
  const tidying = setInterval(tidy, TIDY_EVERY_MS).unref();

  function look(): void {
    if (isLooking || isClosing) return;
    isLooking = true;
    // A store that cannot be read is told by the health checks; the next look may succeed.
    takeNext()
      .catch(() => undefined)
      .finally(() => {
        isLooking = false;
      });
  }

  async function takeNext(): Promise<void> {
    const job = await batches.next();
    pace.note(job);
    if (job === null || working !== null || isClosing || performance.now() < pausedUntil) return;
    working = workOn(job)
      .catch(() => undefined)
      .finally(() => {
        working = null;
        look();
      });
  }

  async function workOn(job: Batch): Promise<void> {
    const claim = await batches.claim(job);
    if (claim === null) {
      pausedUntil = performance.now() + LOOK_EVERY_MS;
      return;
    }
    try {
      const current = await batches.job(job);
      if (current?.state !== 'running' || isClosing) return;
      const ending = await runThread(job);
      if (ending.kind === 'failed') return await settleFailure(job, ending.code);
      failures = 0;
      parts.ended(job.id, ending.state);
    } finally {
      await claim.release();
    }
  }

  async function runThread({ id, account }: Batch): Promise<Exclude<RunnerReport, { kind: 'progress' }>> {
    const task: RunnerTask = { settings: parts.settings, job: { id, account } };
    const address = new URL(`../batch-runner-thread${extname(import.meta.filename)}`, import.meta.url);
    const thread = new Worker(address, { workerData: task });
    stopThread = () => thread.postMessage('stop');
    if (isClosing) stopThread();
    let ending: Exclude<RunnerReport, { kind: 'progress' }> = { kind: 'failed', code: 'thread-ended' };
    thread.on('message', (report: RunnerReport) => {
      if (report.kind === 'progress') parts.rowsDone(report.rows, report.errors);
      else ending = report;
    });
    thread.on('error', () => undefined);
    await new Promise((gone) => thread.once('exit', gone));
    return ending;
  }

  /** It is tried again after a while, unless it was given up meanwhile. */
  async function settleFailure(job: Batch, code: string): Promise<void> {
    const current = await batches.job(job);
    if (current?.state !== 'running') return;
    parts.failed(job.id, code);
    failures += 1;
    pausedUntil = performance.now() + FIRST_PAUSE_MS * 2 ** failures;
    if (failures < MOST_FAILURES && !FOR_GOOD.includes(code)) return;
    failures = 0;
    pausedUntil = 0;
    await batches.turn(job, ['running'], 'stopped', code);
  }

  function tidy(): void {
    forgetLapsed(batches, parts.keepForMs, parts.clock()).catch(() => undefined);
  }
  tidy();

  return {
    nudge: look,
    paceOf: (job) => pace.of(job),
    async close() {
      isClosing = true;
      clearInterval(looking);
      clearInterval(tidying);
      stopThread();
      await working;
    },
  };
}
