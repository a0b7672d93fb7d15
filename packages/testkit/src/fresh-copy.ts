import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { REPOSITORY } from './server.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** The repository as somebody has it who has just got it: what Git tracks or would track, nothing else. */
export function freshCopy(): string {
  const folder = temporaryFolder();
  if (existsSync(join(REPOSITORY, '.git'))) {
    for (const path of tracked()) cpSync(join(REPOSITORY, path), join(folder, path));
  } else {
    cpSync(REPOSITORY, folder, { recursive: true, filter: (path) => !MADE_HERE.test(basename(path)) });
  }
  return folder;
}

/** A release that was unpacked has no Git to ask: there it is everything but these. */
const MADE_HERE = /^(node_modules|vidimus-data|vidimus-sandbox|live-[a-z]+)$/;

function tracked(): string[] {
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  // The owner of a checkout in a container is often somebody else.
  return execFileSync('git', ['-c', `safe.directory=${REPOSITORY}`, ...list], { cwd: REPOSITORY })
    .toString()
    .split('\0')
    .filter((path) => path !== '' && existsSync(join(REPOSITORY, path)));
}

/** What a shell, npm and curl need of the surroundings; nothing that npm or the test runner added. */
const PASSED_ON =
  /^(HOME|USER|SHELL|LANG|LC_\w+|TMPDIR|(https?|no)_proxy|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR)|npm_config_(registry|cache|userconfig|globalconfig|cafile))$/i;

/** The environment of somebody's new shell: their own `PATH`, without this repository's programs in front. */
export function newShell(): Record<string, string> {
  const { PATH = '' } = process.env;
  const kept = Object.entries(process.env).filter(([name]) => PASSED_ON.test(name)) as [string, string][];
  const path = PATH.split(':').filter((folder) => !folder.includes('node_modules'));
  return { ...Object.fromEntries(kept), PATH: path.join(':') };
}

export interface ShellRun {
  readonly exit: number | null;
  /** What it printed on stdout and, where the script joined them, on stderr. */
  readonly printed: string;
}

/** Runs a script in a new shell, `sh` being whatever it is here, and waits for its end. */
export async function runInNewShell(script: string, folder: string): Promise<ShellRun> {
  const shell = spawn('sh', ['-c', script], {
    cwd: folder,
    env: newShell(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  shell.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  const [exit] = (await once(shell, 'close')) as [number | null];
  return { exit, printed };
}
