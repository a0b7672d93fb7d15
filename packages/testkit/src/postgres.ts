import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { appendFile, chown, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { freePort } from './free-port.ts';
import { postgresPrograms } from './postgres-programs.ts';
import { POSTGRES_RUN, reapPostgres, signalFamily } from './reap-postgres.ts';

/** PostgreSQL refuses to run as root; this user owns nothing. */
export const NOBODY = 65534;
const run = promisify(execFile);

/** A PostgreSQL of its own for one test file. */
export interface TestPostgres {
  readonly port: number;
  /** Its first process, whose children do the work. */
  pid(): number;
  /** Makes an empty database; the URL of its superuser, with `parameters` such as `?sslmode=disable` behind it. */
  database(parameters?: string): Promise<string>;
  /** Runs one statement by hand; its rows, as lists of texts. */
  query(url: string, statement: string): Promise<readonly (readonly string[])[]>;
  /** Ends it as a power cut would, or freezes it so that it holds its connections and does not answer. */
  signal(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void;
  /** Starts it again with the same data on the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
  /** The same without waiting, for the end of the process. */
  endAtOnce(): void;
}

export interface TestPostgresOptions {
  /** Lines for `postgresql.conf`. */
  readonly settings?: readonly string[];
  /** `pg_hba.conf`; without it everybody may do everything. */
  readonly access?: string;
  /** Files that lie beside the data, such as certificates, by name. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Starts a PostgreSQL 18 from npm, within a second; as root it runs as nobody. What killed runs left goes first. */
export async function startPostgres(options: TestPostgresOptions = {}): Promise<TestPostgres> {
  await reapPostgres();
  const { initdb, pg_ctl } = await postgresPrograms();
  const folder = mkdtempSync(join(tmpdir(), POSTGRES_RUN));
  const data = join(folder, 'data');
  const log = join(folder, 'log');
  await writeFile(join(folder, 'owner'), String(process.pid));
  const isRoot = userInfo().uid === 0;
  if (isRoot) await chown(folder, NOBODY, NOBODY);

  async function asOwner(program: string, ...given: string[]): Promise<void> {
    const who = isRoot ? ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'] : [];
    const [command = program, ...rest] = [...who, program, ...given];
    await run(command, rest, { cwd: folder, env: { PATH: process.env['PATH'], LC_ALL: 'C' } });
  }

  async function start(): Promise<void> {
    try {
      await asOwner(pg_ctl, '-w', '-D', data, '-l', log, 'start');
    } catch (error) {
      throw new Error(`PostgreSQL did not start:\n${readFileSync(log, 'utf8')}`, { cause: error });
    }
  }

  const stopAtOnce = () =>
    asOwner(pg_ctl, '-w', '-D', data, '-m', 'immediate', 'stop').catch(() => undefined);

  await asOwner(
    initdb,
    '-D',
    data,
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--no-locale',
    '--no-sync',
  );
  const port = await freePort();
  for (const [name, text] of Object.entries(options.files ?? {})) {
    const path = join(data, name);
    await writeFile(path, text, { mode: 0o600 });
    if (isRoot) await chown(path, NOBODY, NOBODY);
  }
  await appendFile(
    join(data, 'postgresql.conf'),
    [...settings(port), ...(options.settings ?? [])].join('\n'),
  );
  if (options.access !== undefined) await writeFile(join(data, 'pg_hba.conf'), options.access);
  await start();

  const pid = () => Number.parseInt(readFileSync(join(data, 'postmaster.pid'), 'utf8'), 10);
  const signalAll = (signal: NodeJS.Signals) => signalFamily(pid(), signal);

  let databases = 0;
  return {
    port,
    pid,
    async database(parameters = '') {
      databases += 1;
      await query(`postgres://postgres@127.0.0.1:${port}/postgres`, `create database test_${databases}`);
      return `postgres://postgres@127.0.0.1:${port}/test_${databases}${parameters}`;
    },
    query,
    signal: signalAll,
    async restart() {
      await stopAtOnce();
      await start();
    },
    endAtOnce() {
      signalAll('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
    async stop() {
      await stopAtOnce();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function settings(port: number): string[] {
  return [
    `port = ${port}`,
    "listen_addresses = '127.0.0.1'",
    "unix_socket_directories = ''",
    // A killed process loses nothing by it, only a machine without power would.
    'fsync = off',
    'max_connections = 200',
    'shared_buffers = 64MB',
  ];
}

async function query(url: string, statement: string): Promise<readonly (readonly string[])[]> {
  const client = new Client(url);
  await client.connect();
  try {
    const { rows } = await client.query<string[]>({ text: statement, rowMode: 'array' });
    return rows.map((row) => row.map(String));
  } finally {
    await client.end();
  }
}
