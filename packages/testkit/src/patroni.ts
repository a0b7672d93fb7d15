import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { chown, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { freePort } from './free-port.ts';
import { NOBODY } from './postgres.ts';
import { POSTGRES_RUN, reapPostgres, signalFamily } from './reap-postgres.ts';

/** Where Debian's packages put the servers of each version. */
const DEBIAN_POSTGRES = '/usr/lib/postgresql';
/** Of util-linux, as every Debian has it. */
const SETPRIV = 'setpriv';
const PATIENCE_MS = 60_000;

const POSTGRES_PROGRAMS = newestPostgres();
const required = (process.env['VIDIMUS_TEST_REQUIRE'] ?? '').split(',').includes('patroni');

/** Whether Debian's packages patroni, etcd-server and postgresql are installed; what needs them is skipped by name if not. */
export const HAS_PATRONI =
  required ||
  (POSTGRES_PROGRAMS !== null && ['patroni', 'etcd', SETPRIV].every((program) => isThere(program)));

/** How long the leader's lock lasts when nobody renews it, in seconds: no fail-over is faster. Patroni's own is 30. */
const TTL_S = 5;

export interface ClusterMember {
  readonly name: string;
  readonly port: number;
}

/** A primary with a synchronous standby under Patroni, each with an agent of its own, and one etcd. */
export interface TestCluster {
  /** The URL of an empty database that names both members. */
  database(): Promise<string>;
  leader(): Promise<ClusterMember>;
  /** The member that is not `leader`. */
  otherThan(leader: ClusterMember): ClusterMember;
  /**
   * What a machine does. `crash`: PostgreSQL and its agent are gone at once. `crash-database`: only PostgreSQL, and the
   * agent sees it. `freeze`: both stand still; `thaw` lets them go on where they were.
   */
  strike(member: ClusterMember, how: 'crash' | 'crash-database' | 'freeze'): void;
  thaw(member: ClusterMember): void;
  /** Starts what has crashed, and waits until one member leads and the other is its synchronous standby. */
  heal(): Promise<void>;
  stop(): Promise<void>;
}

interface Member extends ClusterMember {
  readonly data: string;
  readonly rest: number;
  readonly configuration: string;
  agent: ChildProcess | null;
}

/** Starts the cluster, within about ten seconds. As root everything runs as nobody. It ends with this process. */
export async function startPatroni(): Promise<TestCluster> {
  await reapPostgres();
  const folder = mkdtempSync(join(tmpdir(), POSTGRES_RUN));
  const isRoot = userInfo().uid === 0;
  if (isRoot) await chown(folder, NOBODY, NOBODY);
  await writeFile(join(folder, 'owner'), String(process.pid));
  const etcd = { client: await freePort(), peer: await freePort() };

  function run(program: string, ...given: string[]): ChildProcess {
    const who = isRoot ? [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'] : [];
    return spawn(SETPRIV, [...who, '--pdeathsig=KILL', program, ...given], {
      cwd: folder,
      env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' },
      stdio: 'ignore',
    });
  }

  const store = run('etcd', ...etcdFlags(join(folder, 'etcd'), etcd));
  const members: Member[] = [];
  for (const name of ['one', 'other']) {
    const home = join(folder, name);
    await mkdir(home);
    if (isRoot) await chown(home, NOBODY, NOBODY);
    const [port, rest] = [await freePort(), await freePort()];
    const configuration = join(home, 'patroni.json');
    await writeFile(configuration, JSON.stringify(memberConfiguration(name, home, port, rest, etcd.client)));
    members.push({ name, port, rest, configuration, data: join(home, 'data'), agent: null });
  }

  function startAgent(member: Member): void {
    member.agent = run('patroni', member.configuration);
  }

  function signal({ agent, data }: Member, what: NodeJS.Signals, whom: 'both' | 'database'): void {
    if (whom === 'both') agent?.kill(what);
    const pid = postmasterOf(data);
    if (pid !== null) signalFamily(pid, what);
  }

  const memberOf = ({ name }: ClusterMember): Member =>
    members.find((member) => member.name === name) as Member;

  async function heal(): Promise<void> {
    for (const member of members) {
      if (member.agent === null || member.agent.exitCode !== null || member.agent.signalCode !== null) {
        startAgent(member);
      }
    }
    await waitFor('a leader with a synchronous standby', async () => {
      const roles = await Promise.all(members.map(roleOf));
      return roles.includes('leader') && roles.includes('sync_standby');
    });
  }

  await waitFor('etcd', async () => (await fetch(`http://127.0.0.1:${etcd.client}/health`)).ok);
  // The first one makes the database; the other copies it.
  startAgent(members[0] as Member);
  await waitFor('the first leader', async () => (await roleOf(members[0] as Member)) === 'leader');
  await heal();

  let databases = 0;
  return {
    async database() {
      databases += 1;
      const hosts = members.map(({ port }) => `127.0.0.1:${port}`).join();
      const { port } = await leaderAmong(members);
      const client = new Client(`postgres://postgres@127.0.0.1:${port}/postgres`);
      await client.connect();
      await client.query(`create database test_${databases}`);
      await client.end();
      return `postgres://postgres@${hosts}/test_${databases}`;
    },
    leader: () => leaderAmong(members),
    otherThan: (leader) => members.find(({ name }) => name !== leader.name) as Member,
    strike(member, how) {
      if (how === 'freeze') signal(memberOf(member), 'SIGSTOP', 'both');
      else signal(memberOf(member), 'SIGKILL', how === 'crash' ? 'both' : 'database');
    },
    thaw: (member) => signal(memberOf(member), 'SIGCONT', 'both'),
    heal,
    async stop() {
      for (const member of members) {
        signal(member, 'SIGKILL', 'both');
      }
      store.kill('SIGKILL');
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function etcdFlags(data: string, { client, peer }: { client: number; peer: number }): string[] {
  const at = (port: number) => `http://127.0.0.1:${port}`;
  return [
    `--data-dir=${data}`,
    '--log-level=error',
    `--listen-client-urls=${at(client)}`,
    `--advertise-client-urls=${at(client)}`,
    `--listen-peer-urls=${at(peer)}`,
    `--initial-advertise-peer-urls=${at(peer)}`,
    `--initial-cluster=default=${at(peer)}`,
    '--unsafe-no-fsync',
  ];
}

function memberConfiguration(name: string, home: string, port: number, rest: number, etcd: number): object {
  const postgres = {
    use_pg_rewind: true,
    parameters: { fsync: 'off', shared_buffers: '32MB', max_connections: 200, wal_keep_size: '256MB' },
  };
  return {
    scope: 'vidimus',
    name,
    restapi: { listen: `127.0.0.1:${rest}`, connect_address: `127.0.0.1:${rest}` },
    etcd3: { host: `127.0.0.1:${etcd}` },
    log: { level: 'WARNING' },
    bootstrap: {
      dcs: {
        ttl: TTL_S,
        loop_wait: 1,
        retry_timeout: 2,
        synchronous_mode: true,
        // A primary that has crashed is not waited for.
        primary_start_timeout: 0,
        postgresql: postgres,
      },
      initdb: [{ encoding: 'UTF8' }, { locale: 'C.UTF-8' }, 'no-sync'],
    },
    postgresql: {
      bin_dir: POSTGRES_PROGRAMS,
      listen: `127.0.0.1:${port}`,
      connect_address: `127.0.0.1:${port}`,
      data_dir: join(home, 'data'),
      pgpass: join(home, 'pgpass'),
      pg_hba: ['host all all 127.0.0.1/32 trust', 'host replication all 127.0.0.1/32 trust'],
      parameters: { unix_socket_directories: home },
      authentication: { superuser: { username: 'postgres' }, replication: { username: 'replicator' } },
      // Where rewinding fails, a new copy is made.
      remove_data_directory_on_diverged_timelines: true,
      remove_data_directory_on_rewind_failure: true,
      basebackup: [{ checkpoint: 'fast' }],
    },
  };
}

/** `leader`, `sync_standby`, `replica`, or what else its agent says; null while it says nothing. */
async function roleOf({ name, rest }: Member): Promise<string | null> {
  const answer = await fetch(`http://127.0.0.1:${rest}/cluster`, { signal: AbortSignal.timeout(1000) });
  const { members } = (await answer.json()) as {
    members: { name: string; role: string; state: string }[];
  };
  const own = members.find((member) => member.name === name);
  return own !== undefined && ['running', 'streaming'].includes(own.state) ? own.role : null;
}

async function leaderAmong(members: readonly Member[]): Promise<Member> {
  let found: Member | undefined;
  await waitFor('a leader', async () => {
    const roles = await Promise.all(members.map((member) => roleOf(member).catch(() => null)));
    found = members[roles.indexOf('leader')];
    return found !== undefined;
  });
  return found as Member;
}

async function waitFor(what: string, isThere: () => Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  while (!(await isThere().catch(() => false))) {
    if (performance.now() > giveUpAt) throw new Error(`Patroni: ${what} does not come about.`);
    await new Promise((later) => setTimeout(later, 100));
  }
}

function postmasterOf(data: string): number | null {
  try {
    return Number.parseInt(readFileSync(join(data, 'postmaster.pid'), 'utf8'), 10);
  } catch {
    return null;
  }
}

function newestPostgres(): string | null {
  try {
    const versions = readdirSync(DEBIAN_POSTGRES).sort((a, b) => Number(b) - Number(a));
    return versions[0] === undefined ? null : join(DEBIAN_POSTGRES, versions[0], 'bin');
  } catch {
    return null;
  }
}

function isThere(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}
