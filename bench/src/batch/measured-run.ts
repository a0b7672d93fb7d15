import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plainEnvironment, VIDIMUS } from '@vidimus/testkit';

interface MeasuredRun {
  readonly rowsPerSecond: number;
  /** Over all threads, start-up included. */
  readonly rowsPerProcessorSecond: number;
  readonly peakMemoryMiB: number;
}

const LOOK_MS = 100;
/** Linux counts a process's time in hundredths of a second. */
const TICKS_PER_SECOND = 100;

/** Runs a batch in a process of its own and watches what it uses; rows per second are those that it says itself. */
export async function measuredRun(
  folder: string,
  input: string,
  rows: number,
  run: number,
): Promise<MeasuredRun> {
  const out = join(folder, `out-${run}.csv`);
  const args = [VIDIMUS, 'batch', 'run', input, '--out', out, '--data', folder, '--json'];
  const child = spawn(process.execPath, args, {
    env: plainEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += String(chunk);
  });
  const used = { ticks: 0, peakKiB: 0 };
  const look = setInterval(() => {
    const stat = readIfThere(`/proc/${child.pid}/stat`)?.split(') ')[1]?.split(' ');
    if (stat !== undefined) used.ticks = Number(stat[11]) + Number(stat[12]);
    const peak = /VmHWM:\s+(\d+)/.exec(readIfThere(`/proc/${child.pid}/status`) ?? '')?.[1];
    used.peakKiB = Math.max(used.peakKiB, Number(peak ?? 0));
  }, LOOK_MS);
  await once(child, 'close');
  clearInterval(look);
  const { rowsPerSecond, state } = JSON.parse(said) as { rowsPerSecond: number; state: string };
  if (state !== 'finished') throw new Error(`The batch ended as ${said}`);
  return {
    rowsPerSecond,
    rowsPerProcessorSecond: rows / (used.ticks / TICKS_PER_SECOND),
    peakMemoryMiB: Math.round(used.peakKiB / 1024),
  };
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
