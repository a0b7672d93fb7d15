import { lookup } from 'node:dns/promises';
import type { AddressInfo } from 'node:net';
import { assemble } from './assemble.ts';
import type { Config } from './config/load.ts';
import { Failure, isFailure } from './failure.ts';
import { draining } from './http/draining.ts';
import type { Http } from './http/open-http.ts';
import { type Missing, openSealed } from './http/open-sealed.ts';
import { openFolder } from './open-house.ts';
import type { Log } from './operations/log.ts';
import { SEALED_SURFACES } from './sealed-surfaces.ts';
import type { DataFolder } from './storage/data-folder.ts';
import type { AsWorker } from './workers/as-worker.ts';

export interface RunningServer {
  /** How clients reach it, without a slash at the end. */
  readonly url: string;
  /** `sealed`: keys, ledger or database are not there, and nothing but `/livez` answers until they are. */
  readonly mode: 'live' | 'sandbox' | 'sealed';
  /** Turns readiness red, finishes what was accepted, and closes everything. */
  close(): Promise<void>;
}

const LOOK_AGAIN_AFTER_MS = 1000;

/**
 * Starts the server on a data folder. Without the key-encryption key, without the ledger that it had, or while its
 * database cannot be reached, it starts sealed, and opens by itself when they are there; data is never touched before.
 */
export async function startServer(
  config: Config,
  clock: () => number,
  log: Log,
  worker: AsWorker | null = null,
): Promise<RunningServer> {
  const opened = await tryOpen(config, clock);
  return opened.kind === 'sealed'
    ? startSealed(config, opened.reason, clock, log, worker)
    : startOpen(opened.folder, config, clock, log, worker);
}

type Opening =
  | { readonly kind: 'open'; readonly folder: DataFolder }
  | { readonly kind: 'sealed'; readonly reason: Failure };

async function tryOpen(config: Config, clock: () => number): Promise<Opening> {
  try {
    return { kind: 'open', folder: await openFolder(config, clock) };
  } catch (error) {
    if (!isFailure(error) || sealedFor(error) === null) throw error;
    return { kind: 'sealed', reason: error };
  }
}

/** What is not there, where a server waits for it instead of giving up. Who refuses is there: that needs an operator. */
function sealedFor({ code }: Failure): 'keys' | 'ledger' | 'database' | null {
  if (code.startsWith('key-')) return 'keys';
  if (code === 'database-unreachable') return 'database';
  return code === 'ledger-missing' ? 'ledger' : null;
}

async function startOpen(
  folder: DataFolder,
  config: Config,
  clock: () => number,
  log: Log,
  worker: AsWorker | null,
): Promise<RunningServer> {
  const state = { url: config.publicUrl ?? '', isClosing: false };
  const { http, drain, end } = await assemble(folder, config, state, clock, log, worker).catch(
    async (error: unknown) => {
      await folder.close();
      throw error;
    },
  );
  async function close(): Promise<void> {
    state.isClosing = true;
    drain.begin();
    await http.close();
    await end();
  }
  try {
    state.url = await listen(http, config);
  } catch (error) {
    await close();
    throw error;
  }
  return { url: state.url, mode: folder.mode, close };
}

async function startSealed(
  config: Config,
  reason: Failure,
  clock: () => number,
  log: Log,
  worker: AsWorker | null,
): Promise<RunningServer> {
  log.error('sealed', { code: reason.code });
  const name = sealedFor(reason) ?? 'keys';
  let missing: Missing = { name, trouble: reason.message };
  const http = openSealed(() => missing, SEALED_SURFACES);
  const drain = draining(http);
  const url = await listen(http, config);
  const { port } = http.server.address() as AddressInfo;
  let unsealed: Promise<RunningServer> | null = null;
  let looking: Promise<void> = Promise.resolve();
  const watch = setInterval(() => {
    looking = looking.then(look);
  }, LOOK_AGAIN_AFTER_MS);
  async function look(): Promise<void> {
    if (unsealed !== null) return;
    const folder = await folderIfThere();
    if (folder === null) return;
    clearInterval(watch);
    unsealed = stopListening().then(() => unseal(folder));
    unsealed.catch((error: unknown) => log.error('unsealing failed', { code: codeOf(error) }));
  }
  /** Clients that go on asking over a connection that they keep would hold it up for ever. */
  function stopListening(): Promise<void> {
    drain.begin();
    return http.close();
  }
  async function unseal(folder: DataFolder): Promise<RunningServer> {
    const there = { ...config, port };
    try {
      const server = await startOpen(folder, there, clock, log, worker);
      log.info('unsealed');
      return server;
    } catch (error) {
      log.error('still sealed', { code: codeOf(error) });
      return startSealed(there, reason, clock, log, worker);
    }
  }
  async function folderIfThere(): Promise<DataFolder | null> {
    try {
      return await openFolder(config, clock);
    } catch (error) {
      // Whatever is wrong by now may pass too.
      const isKnown = isFailure(error);
      if (isKnown) missing = { name: sealedFor(error) ?? name, trouble: error.message };
      if (!isKnown || sealedFor(error) === null) log.error('still sealed', { code: codeOf(error) });
      return null;
    }
  }
  return {
    url,
    mode: 'sealed',
    async close() {
      clearInterval(watch);
      await looking;
      if (unsealed === null) await stopListening();
      else await (await unsealed).close();
    },
  };
}

function codeOf(error: unknown): string {
  return isFailure(error) ? error.code : 'unexpected';
}

/**
 * Listens, and tells how clients reach it. A name stands for its first address: Fastify would open a listener of its own
 * for each address of `localhost`, and only the first one is ended with care.
 */
async function listen(http: Http, config: Config): Promise<string> {
  try {
    const { address } = await lookup(config.host);
    await http.listen({ host: address, port: config.port });
  } catch (error) {
    throw new Failure('port-unavailable', `${config.host}:${config.port}`, error);
  }
  const { address, port } = http.server.address() as AddressInfo;
  return config.publicUrl ?? `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
}
