import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { BatchJournal } from '../journal/batch-journal.ts';
import type { NameAttempt, NotRecorded } from '../journal/journal.ts';
import type { NameAttemptDecision, NameAttemptRule } from '../limits/name-attempts.ts';
import type { Keyring } from '../storage/keyring.ts';
import type { DatabaseAddress } from '../storage/postgres/address.ts';
import type { AskedRows, RowsToAsk } from './ask-rows.ts';

/** Live requests go first wherever a processor is short: these threads get a tenth of what others get. */
const NICE = 10;

/** A row leaves some kilobytes behind: with a small nursery most of a thread's time goes into clearing it. */
const YOUNG_MIB = 32;

/** Where a thread finds what it asks, and by which rule names may be tried. */
interface ThreadData {
  /** The data folder. */
  readonly folder: string;
  /** Where the registers are; null: in the folder. */
  readonly database: DatabaseAddress | null;
  readonly nameRule: NameAttemptRule;
}

/** What a thread is given with each chunk. Keys come every time, since they may have been rotated. */
export interface ThreadTask extends ThreadData {
  readonly rows: RowsToAsk;
  readonly keys: Keyring;
  /** Names to try are sent here, and come back decided. */
  readonly names: MessagePort;
}

type NameDecision = NameAttemptDecision | NotRecorded;

export interface AskingPool {
  readonly threads: number;
  readonly ask: (rows: RowsToAsk) => Promise<AskedRows>;
  readonly close: () => Promise<void>;
}

/** Threads that ask and compare, one for each processor. What they find out is written by somebody else. */
export function openAskingPool(
  data: ThreadData,
  keys: () => Keyring,
  { tryNames }: Pick<BatchJournal, 'tryNames'>,
): AskingPool {
  const threads = availableParallelism();
  const pool = new Piscina<ThreadTask, AskedRows>({
    filename: new URL(`../batch-thread${extname(import.meta.filename)}`, import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
    niceIncrement: NICE,
    concurrentTasksPerWorker: 1,
    // A thread that waits by blocking would not see that another register is in force.
    atomics: 'disabled',
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MIB },
  });
  return {
    threads,
    async ask(rows) {
      const { port1, port2 } = new MessageChannel();
      port1.on('message', (attempts: readonly NameAttempt[]) => {
        void tryNames(attempts).then((decisions) => port1.postMessage(decisions));
      });
      try {
        return await pool.run({ ...data, rows, keys: keys(), names: port2 }, { transferList: [port2] });
      } finally {
        port1.close();
      }
    },
    close: () => pool.destroy(),
  };
}

/**
 * Tries names from inside of a thread: all that are asked for in one go are sent as one message, and so are counted
 * in one transaction.
 */
export function namesBy(port: MessagePort): (attempt: NameAttempt) => Promise<NameDecision> {
  let waiting: {
    readonly attempt: NameAttempt;
    readonly settle: (decision: NameDecision) => void;
  }[] = [];

  async function send(): Promise<void> {
    const sent = waiting;
    waiting = [];
    const answer = once(port, 'message') as Promise<[readonly NameDecision[]]>;
    port.postMessage(sent.map(({ attempt }) => attempt));
    const [decisions] = await answer;
    for (const [at, { settle }] of sent.entries()) {
      settle(decisions[at] ?? { kind: 'not-recorded', fault: 'other' });
    }
  }

  return (attempt) =>
    new Promise((settle) => {
      waiting.push({ attempt, settle });
      if (waiting.length === 1) queueMicrotask(() => void send());
    });
}
