import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What one process used; the time is its own, from its first instruction to its end. */
export interface Usage {
  readonly seconds: number;
  /** All threads together. */
  readonly cpuSeconds: number;
  readonly peakMiB: number;
}

/** Runs a program in a process of its own and says what it used. */
export async function measured(folder: string, program: string, args: readonly string[]): Promise<Usage> {
  const usageFile = join(folder, 'usage.json');
  const child = spawn(
    process.execPath,
    ['--import', join(import.meta.dirname, 'usage-at-exit.ts'), program, ...args],
    { env: { ...process.env, USAGE_FILE: usageFile }, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${program} ended with ${code}.`);
  return JSON.parse(readFileSync(usageFile, 'utf8')) as Usage;
}
