import type { Worker } from 'node:cluster';
import type { FromWorker, ToWorker } from './messages.ts';

/** A worker that is stuck must not hold up a scrape for longer. */
const PATIENCE_MS = 2000;

interface Gathering {
  readonly awaited: Set<number>;
  readonly parts: unknown[];
  readonly giveUp: NodeJS.Timeout;
}

/** Passes questions of one worker on to all, and their parts back; for the first process. */
export function gatherParts(workers: () => readonly Worker[]): (from: Worker, message: FromWorker) => void {
  const gatherings = new Map<string, Gathering>();
  const send = (id: number, message: ToWorker): void => {
    const worker = workers().find((one) => one.id === id);
    if (worker?.isConnected() === true) worker.send(message);
  };

  function finish(asker: number, question: number, isWhole: boolean): void {
    const gathering = gatherings.get(`${asker}|${question}`);
    if (gathering === undefined) return;
    gatherings.delete(`${asker}|${question}`);
    clearTimeout(gathering.giveUp);
    send(asker, { kind: 'answer', question, parts: isWhole ? gathering.parts : null });
  }

  return (from, message) => {
    if (message.kind === 'ask') {
      const { question } = message;
      const asker = from.id;
      const connected = workers().filter((worker) => worker.isConnected());
      gatherings.set(`${asker}|${question}`, {
        awaited: new Set(connected.map(({ id }) => id)),
        parts: [],
        giveUp: setTimeout(() => finish(asker, question, false), PATIENCE_MS),
      });
      for (const { id } of connected) send(id, { kind: 'tell', question, asker });
    }
    if (message.kind === 'part') {
      const gathering = gatherings.get(`${message.asker}|${message.question}`);
      if (gathering?.awaited.delete(from.id) !== true) return;
      gathering.parts.push(message.part);
      if (gathering.awaited.size === 0) finish(message.asker, message.question, true);
    }
  };
}
