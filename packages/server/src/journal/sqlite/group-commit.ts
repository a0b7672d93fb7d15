import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { JournalFault } from '../journal.ts';
import type { LedgerKeys } from '../ledger-keys.ts';
import type { Done, Work } from './commit.ts';

export interface WriterRequest {
  readonly batch: readonly Work[];
  readonly now: number;
}

export type WriterReply =
  | { readonly kind: 'committed'; readonly done: readonly Done[] }
  | { readonly kind: 'failed'; readonly fault: JournalFault };

export type CommitResult = Done | { readonly kind: 'failed'; readonly fault: JournalFault };

interface Waiting {
  readonly work: Work;
  readonly since: number;
  readonly settle: (result: CommitResult) => void;
}

/** A caller gets its 503 within a second even when the disk hangs; the entry may still be written later. */
const PATIENCE_MS = 800;
const PATIENCE_CHECK_MS = 100;
/** Bounds one transaction; more callers than this simply form the next batch. */
const LARGEST_BATCH = 1024;

/**
 * Gathers work while the writer thread commits the previous ones, so that one fsync serves all who came in
 * the meantime and nobody waits on a timer. A failed batch fails all its callers; a dead writer thread is
 * replaced when the next batch is sent.
 */
export class GroupCommit {
  readonly #path: string;
  #keys: LedgerKeys;
  readonly #clock: () => number;
  readonly #impatience: NodeJS.Timeout;
  #worker: Worker | null;
  #queue: Waiting[] = [];
  #underWay: readonly Waiting[] | null = null;
  #stopped = false;
  #hasStaleKeys = false;

  constructor(path: string, keys: LedgerKeys, clock: () => number) {
    this.#path = path;
    this.#keys = keys;
    this.#clock = clock;
    this.#worker = this.#startWriter();
    this.#impatience = setInterval(() => this.#giveUpOnLate(), PATIENCE_CHECK_MS).unref();
  }

  commit(work: Work): Promise<CommitResult> {
    return new Promise((settle) => {
      this.#queue.push({ work, since: performance.now(), settle });
      this.#sendNext();
    });
  }

  /** Seals with these keys from the next batch on, in a writer thread of their own. */
  takeKeys(keys: LedgerKeys): void {
    this.#keys = keys;
    this.#hasStaleKeys = true;
    this.#sendNext();
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

  #sendNext(): void {
    if (this.#stopped) return fail(this.#queue.splice(0), 'stopped');
    if (this.#underWay !== null) return;
    if (this.#hasStaleKeys) this.#dismissWriter();
    if (this.#queue.length === 0) return;
    const batch = this.#queue.splice(0, LARGEST_BATCH);
    this.#underWay = batch;
    this.#worker ??= this.#startWriter();
    const request: WriterRequest = { batch: batch.map(({ work }) => work), now: this.#clock() };
    this.#worker.postMessage(request);
  }

  /** Nothing is under way: the next batch starts a writer with the new keys. */
  #dismissWriter(): void {
    const writer = this.#worker;
    this.#worker = null;
    this.#hasStaleKeys = false;
    void writer?.terminate();
  }

  #receive(reply: WriterReply): void {
    const batch = this.#underWay ?? [];
    this.#underWay = null;
    if (reply.kind === 'failed') fail(batch, reply.fault);
    else
      batch.forEach(({ settle }, place) => settle(reply.done[place] ?? { kind: 'failed', fault: 'other' }));
    this.#sendNext();
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
    const oldest = performance.now() - PATIENCE_MS;
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
