import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/** A server under measurement, in a process of its own. */
export interface ServingProcess {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

const PATIENCE_MS = 60_000;

/** Starts a program and waits until it prints an address that it serves on, or answers at the one it was given. */
export async function startServing(
  command: string,
  given: readonly string[],
  address: string | null = null,
): Promise<ServingProcess> {
  const child = spawn(command, given, { stdio: ['ignore', 'pipe', 'pipe'] });
  const gone = once(child, 'exit');
  // Whatever ends the bench, nothing of it goes on and disturbs the next one.
  process.once('exit', () => child.kill('SIGKILL'));
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += String(chunk)));
  const giveUpAt = performance.now() + PATIENCE_MS;
  for (;;) {
    const url = address ?? /http:\/\/[\d.]+:\d+/.exec(printed)?.[0];
    if (url !== undefined && (await answers(url))) {
      return {
        url,
        pid: child.pid ?? 0,
        async stop() {
          child.kill('SIGTERM');
          await gone;
        },
      };
    }
    if (child.exitCode !== null || performance.now() > giveUpAt) {
      child.kill('SIGKILL');
      throw new Error(`${given.join(' ')} did not start:\n${printed}`);
    }
    await new Promise((later) => setTimeout(later, 10));
  }
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** CPU seconds that processes have used so far, user and system, all their threads counted (proc(5), stat). */
export function cpuSeconds(pids: readonly number[]): number {
  const ticks = pids.map((pid) => {
    const [, , ...fields] = statOf(pid);
    return Number(fields[11]) + Number(fields[12]);
  });
  return ticks.reduce((sum, each) => sum + each, 0) / TICKS_PER_SECOND;
}

/** Resident memory in MiB. */
export function residentMiB(pid: number): number {
  const kib = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib) / 1024;
}

/** The fields of `/proc/<pid>/stat`; the command's name, which may hold anything, as one of them. */
function statOf(pid: number): string[] {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return [];
  }
  const end = stat.lastIndexOf(')');
  return [`${pid}`, 'name', ...stat.slice(end + 2).split(' ')];
}
