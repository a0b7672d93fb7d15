import { readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How the folder of a test's database begins, below the system's temporary folder. */
export const POSTGRES_RUN = 'vidimus-postgres-run-';

/** Ends the databases of test processes that were killed, and removes their folders. */
export async function reapPostgres(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(POSTGRES_RUN))) {
    const folder = join(tmpdir(), name);
    const owner = numberIn(join(folder, 'owner'));
    // A folder without an owner is just being made.
    if (owner === null || isAlive(owner)) continue;
    for (const data of ['data', 'one/data', 'other/data']) {
      const database = numberIn(join(folder, data, 'postmaster.pid'));
      if (database !== null) signalFamily(database, 'SIGKILL');
    }
    await rm(folder, { recursive: true, force: true });
  }
}

/** A process and its children, as Linux tells them; the children first. */
export function familyOf(pid: number): number[] {
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === pid);
  return [...children.map(Number), pid];
}

/** Signals a process and its children; whoever has ended by itself is passed over. */
export function signalFamily(pid: number, signal: NodeJS.Signals): void {
  for (const each of familyOf(pid)) {
    try {
      process.kill(each, signal);
    } catch {
      // Nobody is there any more.
    }
  }
}

/** The fourth word of `stat`, behind the program's name, which stands in brackets and may hold anything. */
function parentOf(pid: string): number | null {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]);
  } catch {
    return null;
  }
}

function numberIn(path: string): number | null {
  try {
    return Number.parseInt(readFileSync(path, 'utf8'), 10);
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
