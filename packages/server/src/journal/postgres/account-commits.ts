import type { JournalFault } from '../journal.ts';

/** Takes a batch of one account's work, in its order; when it resolves, all of it is on disk, else none of it. */
export type CommitBatch<W, D> = (account: string, batch: readonly W[]) => Promise<readonly D[]>;

export type Committed<D> =
  | { readonly kind: 'done'; readonly done: D }
  | { readonly kind: 'failed'; readonly fault: JournalFault };

interface Waiting<W, D> {
  readonly work: W;
  readonly since: number;
  readonly settle: (result: Committed<D>) => void;
}

interface Queue<W, D> {
  waiting: Waiting<W, D>[];
  underWay: readonly Waiting<W, D>[];
}

/** A caller gets its 503 within a second even when the database hangs; the entry may still be written. */
const PATIENCE_MS = 800;
const PATIENCE_CHECK_MS = 100;
/** Bounds one transaction; more callers than this simply form the next batch. */
const LARGEST_BATCH = 256;

/**
 * Gathers each account's work while its previous batch is being committed, so that one commit serves all who came
 * meanwhile and nobody waits on a timer. Accounts do not wait for each other: each batch is a transaction of its own.
 */
export class AccountCommits<W, D> {
  readonly #commit: CommitBatch<W, D>;
  readonly #faultOf: (error: unknown) => JournalFault;
  readonly #queues = new Map<string, Queue<W, D>>();
  readonly #impatience: NodeJS.Timeout;
  #isStopped = false;

  constructor(commit: CommitBatch<W, D>, faultOf: (error: unknown) => JournalFault) {
    this.#commit = commit;
    this.#faultOf = faultOf;
    this.#impatience = setInterval(() => this.#giveUpOnLate(), PATIENCE_CHECK_MS).unref();
  }

  commit(account: string, work: W): Promise<Committed<D>> {
    return new Promise((settle) => {
      if (this.#isStopped) return settle({ kind: 'failed', fault: 'stopped' });
      const waiting = { work, since: performance.now(), settle };
      const queue = this.#queues.get(account);
      if (queue !== undefined) return queue.waiting.push(waiting);
      const fresh = { waiting: [waiting], underWay: [] };
      this.#queues.set(account, fresh);
      // Whoever came with the same packets goes with the first batch.
      return setImmediate(() => void this.#serve(account, fresh));
    });
  }

  /** Lets what is under way finish, and refuses what comes after. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    while (this.#queues.size > 0) await new Promise((later) => setTimeout(later, 5));
    clearInterval(this.#impatience);
  }

  async #serve(account: string, queue: Queue<W, D>): Promise<void> {
    while (queue.waiting.length > 0) {
      const batch = queue.waiting.splice(0, LARGEST_BATCH);
      queue.underWay = batch;
      try {
        const done = await this.#commit(
          account,
          batch.map(({ work }) => work),
        );
        for (const [place, { settle }] of batch.entries()) settle({ kind: 'done', done: done[place] as D });
      } catch (error) {
        fail(batch, this.#faultOf(error));
      }
    }
    this.#queues.delete(account);
  }

  #giveUpOnLate(): void {
    const oldest = performance.now() - PATIENCE_MS;
    const isLate = ({ since }: Waiting<W, D>): boolean => since < oldest;
    for (const queue of this.#queues.values()) {
      fail(queue.underWay.filter(isLate), 'slow');
      fail(queue.waiting.filter(isLate), 'slow');
      queue.waiting = queue.waiting.filter((waiting) => !isLate(waiting));
    }
  }
}

function fail<W, D>(waiting: readonly Waiting<W, D>[], fault: JournalFault): void {
  for (const { settle } of waiting) settle({ kind: 'failed', fault });
}
