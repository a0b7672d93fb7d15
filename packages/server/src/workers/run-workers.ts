import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { gatherParts } from './gather-parts.ts';
import type { FromWorker, Serving } from './messages.ts';

/** A worker that dies at once each time must not keep the machine busy with starting it. */
const RESTART_PAUSE_MS = 1000;
/** Longer than a worker takes to leave slow clients behind by itself. */
const LAST_PATIENCE_MS = 24_500;

export interface WorkersParts {
  readonly count: number;
  readonly host: string;
  readonly port: number;
  /** The command line of this process, which the workers get too. */
  readonly args: readonly string[];
  /** Called once, when the first worker serves. */
  readonly announce: (serving: Serving) => void;
  readonly restarted: () => void;
  /** Fulfilled when it is time to end. */
  readonly end: Promise<unknown>;
}

/**
 * Serves with several processes on one port, which the first process shares out connection by connection. The first
 * worker starts alone, so that one process makes what a new data folder needs; then come the others. A worker that dies
 * is replaced, unless none has ever served: then what it printed says what is wrong. At the end all of them finish what
 * they have accepted. The exit code: 0, or that of a worker that could not start or did not end in time.
 */
export async function runWorkers(parts: WorkersParts): Promise<number> {
  const port = parts.port === 0 ? await anyPort(parts.host) : parts.port;
  // The last one counts: all workers share the port that was chosen here.
  cluster.setupPrimary({ args: [...parts.args, '--port', String(port)] });
  const workers = (): Worker[] => Object.values(cluster.workers ?? {}).filter((one) => one !== undefined);
  const gather = gatherParts(workers);
  cluster.on('message', (from, message: FromWorker) => gather(from, message));

  let isEnding = false;
  const ending = parts.end.then(() => {
    isEnding = true;
    for (const worker of workers()) worker.process.kill('SIGTERM');
  });
  const first = await startFirst();
  if (first.kind === 'died') return first.code;
  parts.announce(first.serving);
  cluster.on('exit', () => {
    if (!isEnding) setTimeout(replace, RESTART_PAUSE_MS);
  });
  for (let started = 1; started < parts.count; started += 1) cluster.fork();
  function replace(): void {
    if (isEnding) return;
    cluster.fork();
    parts.restarted();
  }

  await ending;
  const giveUp = setTimeout(() => {
    for (const worker of workers()) worker.process.kill('SIGKILL');
  }, LAST_PATIENCE_MS);
  const codes = await Promise.all(workers().map(exitCodeOf));
  clearTimeout(giveUp);
  return codes.find((code) => code !== 0) ?? 0;
}

type Start =
  | { readonly kind: 'serving'; readonly serving: Serving }
  | { readonly kind: 'died'; readonly code: number };

function startFirst(): Promise<Start> {
  const worker = cluster.fork();
  return new Promise((resolve) => {
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'serving') resolve(message);
    });
    void exitCodeOf(worker).then((code) => resolve({ kind: 'died', code }));
  });
}

async function exitCodeOf(worker: Worker): Promise<number> {
  const [code, signal] = (await once(worker, 'exit')) as [number | null, NodeJS.Signals | null];
  // It was told to end before it could do so by itself: it had accepted nothing yet.
  return signal === 'SIGTERM' ? 0 : (code ?? 1);
}

/** A port that is free now; the workers take it a moment later. */
async function anyPort(host: string): Promise<number> {
  const probe = createServer().listen(0, host);
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
