import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { plainEnvironment, VIDIMUS } from './server.ts';

export interface CommandRun {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `vidimus …` to its end; `stdin` is given to it as a whole. */
export async function vidimus(
  args: readonly string[],
  options: { readonly stdin?: string; readonly environment?: Readonly<Record<string, string>> } = {},
): Promise<CommandRun> {
  const child = spawn(process.execPath, [VIDIMUS, ...args], {
    env: { ...plainEnvironment(), ...options.environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk);
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.stdin ?? '');
  const [exit] = (await once(child, 'close')) as [number | null];
  return { exit, stdout, stderr };
}
