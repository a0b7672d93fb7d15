import { spawn, spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { newShell, REPOSITORY, temporaryFolder } from '@vidimus/testkit';

interface Instruction {
  readonly name: string;
  readonly text: string;
}

/** What an image has besides its files. */
export interface Image {
  /** The folder that stands for the image's root. */
  readonly root: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly user: string;
  readonly volumes: readonly string[];
  readonly healthCheck: readonly string[];
  /** Entry point and command. */
  readonly command: readonly string[];
}

function instructionsOf(containerfile: string): Instruction[] {
  return containerfile
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name = '', text = ''] = /^([A-Z]+) (.+)$/.exec(line) ?? [];
      return { name, text };
    });
}

/**
 * Carries a Containerfile's steps out below a temporary folder instead of in a container: copies what it copies, less
 * what `.dockerignore` leaves out, and runs what it runs with this machine's Node and npm, every absolute path of its
 * own being moved below the folder. Owners are left as they are.
 */
export function buildImage(file: string): Image {
  const root = temporaryFolder();
  const instructions = instructionsOf(readFileSync(join(REPOSITORY, file), 'utf8'));
  const all = (name: string) => instructions.filter((step) => step.name === name).map(({ text }) => text);
  const one = (name: string) => all(name)[0] ?? '';
  const workdir = one('WORKDIR');
  mkdirSync(join(root, workdir), { recursive: true });
  for (const { name, text } of instructions) {
    if (name === 'COPY') copy(text.split(' '), join(root, workdir));
    if (name === 'RUN') run(moved(text, root), join(root, workdir));
  }
  return {
    root,
    environment: Object.fromEntries(
      all('ENV').flatMap((text) =>
        text.split(' ').map((pair): [string, string] => {
          const [key = '', value = ''] = pair.split('=');
          return [key, moved(value, root)];
        }),
      ),
    ),
    user: one('USER'),
    volumes: JSON.parse(one('VOLUME')) as string[],
    healthCheck: JSON.parse(/CMD (\[.*\])$/.exec(one('HEALTHCHECK'))?.[1] ?? '[]') as string[],
    command: [...list(one('ENTRYPOINT')), ...list(one('CMD'))].map((word) => moved(word, root)),
  };
}

function list(text: string): string[] {
  return JSON.parse(text) as string[];
}

function moved(text: string, root: string): string {
  return text.replaceAll(/(?<=^|[\s=])\/(srv|var)\//g, `${root}/$1/`);
}

function copy(words: readonly string[], workdir: string): void {
  const target = words.at(-1) ?? '.';
  for (const source of words.slice(0, -1)) {
    const to = target.endsWith('/') ? join(workdir, target, source) : join(workdir, target);
    mkdirSync(dirname(to), { recursive: true });
    cpSync(join(REPOSITORY, source), to, { recursive: true, filter: isInContext });
  }
}

/** `.dockerignore` read as it is written: everything is out but what `!` names, and of that what follows is out. */
const IGNORED = readFileSync(join(REPOSITORY, '.dockerignore'), 'utf8').trimEnd().split('\n');
const LEFT_OUT = new Set(
  globSync(
    IGNORED.filter((line) => !/^[*!]($|[^*])/.test(line)),
    { cwd: REPOSITORY, exclude: (path) => /(^|\/)node_modules$/.test(path) },
  ).map((path) => join(REPOSITORY, path)),
);

/** The names that `.dockerignore` lets into the build. */
export const CONTEXT = IGNORED.filter((line) => line.startsWith('!')).map((line) => line.slice(1));

function isInContext(path: string): boolean {
  return !LEFT_OUT.has(path) && !path.split('/').includes('node_modules');
}

function run(command: string, cwd: string): void {
  const { status, stderr } = spawnSync('sh', ['-c', command.replace(/chown \S+/, 'ls -d')], {
    cwd,
    env: newShell(),
  });
  if (status !== 0) throw new Error(`${command}\n${stderr.toString()}`);
}

/** Starts the image's command and waits for its health check. */
export async function startImage(image: Image, port: number): Promise<{ stop(): Promise<void> }> {
  const env = { ...newShell(), ...image.environment, VIDIMUS_PORT: String(port) };
  const [, ...args] = image.command;
  const server = spawn(process.execPath, args, { cwd: image.root, env, stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => {
    server.on('exit', () => resolve());
  });
  const giveUpAt = performance.now() + 20_000;
  while (spawnSync(process.execPath, image.healthCheck.slice(1), { env }).status !== 0) {
    if (server.exitCode !== null || performance.now() > giveUpAt)
      throw new Error('The image did not get healthy.');
    await new Promise((later) => setTimeout(later, 100));
  }
  return {
    stop() {
      server.kill('SIGTERM');
      return ended;
    },
  };
}
