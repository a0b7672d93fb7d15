import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expectNobodyIn } from './demo-persons.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { chooseStore } from './test-store.ts';

export const REPOSITORY = join(import.meta.dirname, '../../..');
/** The command as systemd or an image would start it: killing this process kills the server. */
export const VIDIMUS = join(REPOSITORY, 'packages/server/bin/vidimus.js');

const START_PATIENCE_MS = 60_000;

export interface ServerOptions {
  /** Data folder; a new one below the system's temporary folder by default. */
  readonly folder?: string;
  readonly sandbox?: boolean;
  readonly flags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

export interface TestServer {
  readonly url: string;
  readonly folder: string;
  readonly process: ChildProcess;
  /** Everything printed so far on stdout and stderr. */
  output(): string;
  /**
   * Ends it with a signal and waits until it is gone; the exit code, or null when the signal killed it. Throws if
   * its log or its databases tell of a demo person.
   */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** This process's environment without any setting of Vidimus. */
export function plainEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || name.startsWith('VIDIMUS_') ? [] : [[name, value]],
    ),
  );
}

async function newFolder(): Promise<string> {
  const folder = temporaryFolder();
  await chooseStore(folder);
  return folder;
}

/** Starts `vidimus serve` on a free port and waits until it says where it listens. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const folder = options.folder ?? (await newFolder());
  const mode = options.sandbox === false ? [] : ['--sandbox'];
  const child = spawn(
    process.execPath,
    [VIDIMUS, 'serve', ...mode, '--data', folder, '--port', '0', ...(options.flags ?? [])],
    { env: { ...plainEnvironment(), ...options.environment }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let printed = '';
  child.stdout?.on('data', (chunk) => {
    printed += String(chunk);
  });
  child.stderr?.on('data', (chunk) => {
    printed += String(chunk);
  });
  const gone = once(child, 'exit') as Promise<[number | null]>;
  const url = await waitForUrl(() => printed, child);
  return {
    url,
    folder,
    process: child,
    output: () => printed,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      const [code] = await gone;
      expectNobodyIn(folder, printed);
      return code;
    },
  };
}

async function waitForUrl(printed: () => string, child: ChildProcess): Promise<string> {
  const giveUpAt = performance.now() + START_PATIENCE_MS;
  for (;;) {
    const url = /^Vidimus.* on (http:\S+)/m.exec(printed())?.[1];
    if (url !== undefined) return url;
    if (child.exitCode !== null || performance.now() > giveUpAt) {
      child.kill('SIGKILL');
      throw new Error(`The server did not start:\n${printed()}`);
    }
    await new Promise((later) => setTimeout(later, 10));
  }
}
