import cluster from 'node:cluster';
import type { FromWorker, Serving, ToWorker } from './messages.ts';

/** This process as one of several that serve together. */
export interface AsWorker {
  serving(serving: Serving): void;
  /** What this worker adds when somebody asks for the parts of all. */
  tells(part: () => Promise<unknown>): void;
  /** The parts of all workers, this one's included; fails when one of them does not answer. */
  partsOfAll(): Promise<readonly unknown[]>;
  /** Ends the connection to the first process, which would keep this one alive. */
  leave(): void;
}

/** Null in a process that serves alone. */
export function asWorker(): AsWorker | null {
  const { worker } = cluster;
  if (worker === undefined) return null;
  const send = (message: FromWorker): void => void worker.send(message);
  const waiting = new Map<number, PromiseWithResolvers<readonly unknown[]>>();
  let asked = 0;
  let tell: () => Promise<unknown> = () => Promise.resolve(null);

  worker.on('message', (message: ToWorker) => {
    if (message.kind === 'tell') {
      const { question, asker } = message;
      // A part that cannot be told is not told: the asker sees that it is missing.
      tell().then(
        (part) => send({ kind: 'part', question, asker, part }),
        () => undefined,
      );
      return;
    }
    const { question, parts } = message;
    const asking = waiting.get(question);
    waiting.delete(question);
    if (parts === null) asking?.reject(new Error('a worker did not answer'));
    else asking?.resolve(parts);
  });
  return {
    serving: (serving) => send({ kind: 'serving', serving }),
    tells(part) {
      tell = part;
    },
    partsOfAll() {
      asked += 1;
      const asking = Promise.withResolvers<readonly unknown[]>();
      waiting.set(asked, asking);
      send({ kind: 'ask', question: asked });
      return asking.promise;
    },
    leave: () => void worker.disconnect(),
  };
}
