import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VidimusError } from './vidimus-error.ts';

/** The published credentials of every sandbox. They open nothing else. */
export const SANDBOX_CREDENTIALS = {
  clientId: '5a4db0c5-0000-4000-8000-000000000001',
  clientSecret: 'vidimus-sandbox-secret',
  apiKey: 'vidimus-sandbox-key',
  appId: 'sandbox',
  appKey: 'vidimus-sandbox-app-key',
} as const;

export interface SandboxOptions {
  /** Data folder to keep; a new one, deleted at the end, by default. */
  readonly folder?: string;
  /** Any free one by default. */
  readonly port?: number;
}

export interface Sandbox {
  /** For the `url` of a client, with {@link SANDBOX_CREDENTIALS}. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

const NEEDED = [24, 21] as const;
const START_PATIENCE_MS = 20_000;

/**
 * Starts the installed `vidimus` with its fictional persons, and waits until it answers: in this process where this
 * Node can run it (24.21 or newer), else as a process of its own. Fails with the code `vidimus-missing` where the
 * package is not installed.
 */
export async function startSandbox({ folder, port = 0 }: SandboxOptions = {}): Promise<Sandbox> {
  const data = folder ?? (await mkdtemp(join(tmpdir(), 'vidimus-sandbox-')));
  const removeData = async (): Promise<void> => {
    if (folder === undefined) await rm(data, { recursive: true, force: true });
  };
  try {
    const { url, close } = canRunHere() ? await startHere(data, port) : await startBeside(data, port);
    return {
      url,
      async close() {
        await close();
        await removeData();
      },
    };
  } catch (error) {
    await removeData();
    throw error;
  }
}

function canRunHere(): boolean {
  // Deno and Bun tell a Node version too, but have no `node:sqlite` with all of its parts.
  if ('Deno' in globalThis || 'Bun' in globalThis) return false;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
}

async function startHere(data: string, port: number): Promise<Sandbox> {
  const server = await import('vidimus/sandbox').catch((error: unknown) => {
    throw missing(error);
  });
  return server.startSandbox(data, port);
}

async function startBeside(data: string, port: number): Promise<Sandbox> {
  const child = spawn(
    process.execPath,
    [commandPath(), 'serve', '--sandbox', '--data', data, '--port', String(port)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const gone = once(child, 'exit');
  // Nobody may be left with a server when this process ends without closing it.
  const end = (): void => void child.kill('SIGTERM');
  process.once('exit', end);
  try {
    const url = await announcedUrl(child);
    return {
      url,
      async close() {
        process.off('exit', end);
        child.kill('SIGTERM');
        await gone;
      },
    };
  } catch (error) {
    process.off('exit', end);
    child.kill('SIGKILL');
    throw error;
  }
}

/** The server says where it listens as soon as it does. */
async function announcedUrl(child: ChildProcess): Promise<string> {
  const patience = AbortSignal.timeout(START_PATIENCE_MS);
  let printed = '';
  return new Promise((resolve, reject) => {
    const fail = (cause?: unknown): void =>
      reject(
        new VidimusError('The sandbox did not start.', {
          kind: 'unavailable',
          code: 'sandbox-not-started',
          fix: 'Run `npx vidimus serve --sandbox` to see what it says.',
          retryable: false,
          cause,
        }),
      );
    child.once('error', fail);
    child.once('exit', fail);
    patience.addEventListener('abort', fail, { once: true });
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      const url = /^Vidimus.* on (http:\S+)/m.exec(printed)?.[1];
      if (url !== undefined) resolve(url);
    });
  });
}

/** The command of the installed package, whose launcher finds a Node that can run it. */
function commandPath(): string {
  try {
    return createRequire(import.meta.url).resolve('vidimus/command');
  } catch (error) {
    throw missing(error);
  }
}

function missing(cause: unknown): VidimusError {
  return new VidimusError(
    'The package vidimus is not installed, or not in a version that goes with this client.',
    {
      kind: 'unavailable',
      code: 'vidimus-missing',
      fix: 'Install it beside @vidimus/client: npm install --save-dev vidimus',
      retryable: false,
      cause,
    },
  );
}
