import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { JournalFault } from '../journal.ts';
import type { JournalClock } from '../journal-clock.ts';
import type { LedgerKeys } from '../ledger-keys.ts';
import type { Done, Work } from './commit.ts';

export type WriterRequest =
  | { readonly kind: 'batch'; readonly batch: readonly Work[]; readonly now: number }
  | { readonly kind: 'keys'; readonly keys: LedgerKeys };

export type WriterReply =
  | { readonly kind: 'started' }
  | { readonly kind: 'committed'; readonly done: readonly Done[] }
  | { readonly kind: 'failed'; readonly fault: JournalFault };

export type CommitResult = Done | { readonly kind: 'failed'; readonly fault: JournalFault };

interface Waiting {
  readonly work: Work;
  since: number;
  readonly settle: (result: CommitResult) => void;
}

/** A caller gets its 503 within a second even when the disk hangs; the entry may still be written later. */
const PATIENCE_MS = 800;
const PATIENCE_CHECK_MS = 100;
/** Loading the first writer thread takes its time on a busy machine, and says nothing about the disk. */
const FIRST_START_PATIENCE_MS = 5000;
/** Bounds one transaction; more callers than this simply form the next batch. */
const LARGEST_BATCH = 1024;
/** So many are worth an fsync of their own: it goes on while the rest of what has come is read. */
const WORTH_A_BATCH = 32;

/**
 * Gathers work while the writer thread commits the previous ones, so that one fsync serves all who came in
 * the meantime and nobody waits on a timer. A failed batch fails all its callers; a dead writer thread is
 * replaced when the next batch is sent. After a failed fsync nobody can tell what is on disk: no writer, however
 * new, gets another batch.
 */
export class GroupCommit {
  readonly #path: string;
  #keys: LedgerKeys;
  readonly #clock: Pick<JournalClock, 'now' | 'reach'>;
  readonly #impatience: NodeJS.Timeout;
  #worker: Worker | null;
  #queue: Waiting[] = [];
  #underWay: readonly Waiting[] | null = null;
  #patience = FIRST_START_PATIENCE_MS;
  #isGathering = false;
  #stopped = false;
  #syncFailed = false;

  constructor(path: string, keys: LedgerKeys, clock: Pick<JournalClock, 'now' | 'reach'>) {
    this.#path = path;
    this.#keys = keys;
    this.#clock = clock;
    this.#worker = this.#startWriter();
    this.#impatience = setInterval(() => this.#giveUpOnLate(), PATIENCE_CHECK_MS).unref();
  }

  commit(work: Work): Promise<CommitResult> {
    return new Promise((settle) => {
      this.#queue.push({ work, since: performance.now(), settle });
      if (this.#queue.length < WORTH_A_BATCH) this.#gather();
      else this.#sendNext();
    });
  }

  /** Seals with these keys from the next batch on. */
  takeKeys(keys: LedgerKeys): void {
    this.#keys = keys;
    this.#worker?.postMessage({ kind: 'keys', keys } satisfies WriterRequest);
  }

  /** Lets what is under way finish, refuses what comes after, and ends the writer thread. */
  async stop(): Promise<void> {
    while (this.#underWay !== null || this.#queue.length > 0) {
      await new Promise((later) => setTimeout(later, 5));
    }
    this.#stopped = true;
    clearInterval(this.#impatience);
    await this.#worker?.terminate();
  }

  /** Sends what has come once everything that is ready to come has: one by one, each would be a batch and an fsync. */
  #gather(): void {
    if (this.#isGathering) return;
    this.#isGathering = true;
    setImmediate(() => {
      this.#isGathering = false;
      this.#sendNext();
    });
  }

  #sendNext(): void {
    if (this.#stopped) return fail(this.#queue.splice(0), 'stopped');
    if (this.#syncFailed) return fail(this.#queue.splice(0), 'sync');
    if (this.#underWay !== null) return;
    if (this.#queue.length === 0) return;
    const batch = this.#queue.splice(0, LARGEST_BATCH);
    this.#underWay = batch;
    this.#worker ??= this.#startWriter();
    const works = batch.map(({ work }) => work);
    this.#worker.postMessage({
      kind: 'batch',
      batch: works,
      now: this.#clock.now(),
    } satisfies WriterRequest);
  }

  #receive(reply: WriterReply): void {
    if (reply.kind === 'started') return this.#beginPatience();
    const batch = this.#underWay ?? [];
    this.#underWay = null;
    if (reply.kind === 'failed') {
      if (reply.fault === 'sync') this.#syncFailed = true;
      fail(batch, reply.fault);
    } else {
      const last = reply.done.findLast((done) => 'recorded' in done);
      if (last !== undefined) this.#clock.reach(last.recorded.at);
      batch.forEach(({ settle }, place) => settle(reply.done[place] ?? { kind: 'failed', fault: 'other' }));
    }
    this.#sendNext();
  }

  #beginPatience(): void {
    this.#patience = PATIENCE_MS;
    const now = performance.now();
    for (const waiting of [...(this.#underWay ?? []), ...this.#queue]) waiting.since = now;
  }

  #startWriter(): Worker {
    const address = new URL(`./writer${extname(import.meta.filename)}`, import.meta.url);
    const worker = new Worker(address, { workerData: { path: this.#path, keys: this.#keys } });
    worker.on('message', (reply: WriterReply) => this.#receive(reply));
    worker.on('error', () => undefined);
    worker.on('exit', () => {
      if (this.#worker !== worker) return;
      this.#worker = null;
      fail(this.#underWay ?? [], 'stopped');
      this.#underWay = null;
      fail(this.#queue.splice(0), 'stopped');
    });
    return worker;
  }

  #giveUpOnLate(): void {
    const oldest = performance.now() - this.#patience;
    const isLate = ({ since }: Waiting): boolean => since < oldest;
    fail(this.#underWay?.filter(isLate) ?? [], 'slow');
    if (this.#queue.some(isLate)) {
      fail(this.#queue.filter(isLate), 'slow');
      this.#queue = this.#queue.filter((waiting) => !isLate(waiting));
    }
  }
}

function fail(waiting: readonly Waiting[], fault: JournalFault): void {
  for (const { settle } of waiting) settle({ kind: 'failed', fault });
}
