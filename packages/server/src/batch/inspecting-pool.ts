import { once } from 'node:events';
import { extname } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { BatchKind } from '../journal/batch-journal.ts';
import type { InputFault } from './input-fault.ts';
import type { Inspected } from './inspect.ts';
import type { InspectTask, UploadChunk } from './inspect-thread.ts';

/** One thread reads all uploads of a process, in turns; more than these wait for their first byte to be read. */
const UPLOADS_AT_ONCE = 32;
const IDLE_MS = 10_000;
/** Live requests go first wherever a processor is short: this thread gets a third of what others get, as a client waits for it. */
const NICE = 5;

/** An upload that is inspected while it comes in. */
export interface Inspection {
  /** Comes back when the chunk before was read; `more` false: the fault is known, and nothing more is needed. */
  readonly take: (chunk: Uint8Array) => Promise<{ readonly more: boolean }>;
  /** There is no more. */
  readonly end: () => Promise<Inspected | InputFault>;
  /** The upload broke off. */
  readonly abandon: () => void;
}

export interface InspectingPool {
  readonly begin: (wanted: BatchKind | null) => Inspection;
  readonly close: () => Promise<void>;
}

/** Reads uploads beside the event loop: cutting a gigabyte into rows takes seconds of a processor. */
export function openInspectingPool(): InspectingPool {
  const pool = new Piscina<InspectTask, Inspected | InputFault>({
    filename: new URL(`inspect-thread${extname(import.meta.filename)}`, import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_MS,
    concurrentTasksPerWorker: UPLOADS_AT_ONCE,
    niceIncrement: NICE,
    // A thread that waits by blocking would not see that another chunk has come.
    atomics: 'disabled',
  });
  return {
    begin(wanted) {
      const { port1, port2 } = new MessageChannel();
      const result = pool.run({ chunks: port2, wanted }, { transferList: [port2] });
      // Whoever ends the upload hears of a failure.
      result.catch(() => undefined);
      const known = result.then(
        () => ({ more: false }),
        () => ({ more: false }),
      );
      const asked = (): Promise<{ more: boolean }> => once(port1, 'message').then(() => ({ more: true }));
      let next = Promise.race([asked(), known]);

      function send(chunk: UploadChunk): void {
        port1.postMessage(chunk, chunk === null ? [] : [chunk.buffer]);
      }

      return {
        async take(chunk) {
          const { more } = await next;
          if (!more) return { more };
          next = Promise.race([asked(), known]);
          send(new Uint8Array(chunk));
          return { more };
        },
        async end() {
          if ((await next).more) send(null);
          try {
            return await result;
          } finally {
            port1.close();
          }
        },
        abandon() {
          send(null);
          port1.close();
        },
      };
    },
    close: () => pool.close({ force: true }),
  };
}
