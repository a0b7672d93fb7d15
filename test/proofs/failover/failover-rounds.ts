import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ClusterMember,
  startPatroni,
  startServer,
  type TestCluster,
  type TestServer,
  temporaryFolder,
  vidimus,
} from '@vidimus/testkit';
import { becomeReady } from '../become-ready.ts';
import { median, quantile, seededChance } from '../figures.ts';
import { lostAnswers } from '../lost-answers.ts';
import { ask, type Client, clientOf, type Heard } from '../mixed-load.ts';
import { type FolderHere, type NewAccount, openFolderHere, troublesOf } from '../opened-folder.ts';

const CLIENTS = 4;
/** So long without a refusal, and clients have noticed that it is over. */
const CALM_MS = 1500;
const GIVE_UP_MS = 60_000;
/** Clients that got a 503 come back, but not at once. */
const AFTER_A_REFUSAL_MS = 20;

/** So long the standby hears nothing before the primary is gone. */
const BEHIND_MS = 700;

/**
 * What happens to the machine of the primary. Frozen, it wakes up later and still believes that it leads. With the
 * standby `behind`, everything that was answered for meanwhile would be lost.
 */
export const WAYS = ['crash', 'crash-database', 'freeze', 'behind'] as const;
export type Way = (typeof WAYS)[number];

export interface FailoverFigures {
  rounds: number;
  seed: number;
  ways: Record<Way, number>;
  answers: number;
  refusedWith503: number;
  entriesWithoutAnswer: number;
  /** From the blow to the last refusal that a client saw. */
  secondsWithRefusals: Record<string, { median: number; longest: number }>;
  longestRefusalMs: number;
}

interface Scene {
  readonly cluster: TestCluster;
  readonly server: TestServer;
  readonly folder: FolderHere;
  readonly environment: Readonly<Record<string, string>>;
  readonly accounts: readonly NewAccount[];
  readonly clients: readonly Client[];
  /** The newest entry that has been compared. */
  seen: number;
}

/**
 * One server, never restarted, on a primary with a synchronous standby under Patroni. The primary goes, again and again,
 * under load; then what is left on the other one is held against what clients were told, and against a checkpoint that
 * was handed out just before.
 */
export async function failoverRounds(
  rounds: number,
  seed: number,
  ways: readonly Way[] = WAYS,
): Promise<{ figures: FailoverFigures; violations: string[] }> {
  const chance = seededChance(seed);
  const cluster = await startPatroni();
  const violations: string[] = [];
  const played: (Round & { readonly way: Way })[] = [];
  try {
    const scene = await prepare(cluster);
    try {
      for (let round = 0; round < rounds; round += 1) {
        if (round > 0) await cluster.heal();
        const way = ways[round % ways.length] as Way;
        const result = await playRound(scene, way, chance);
        violations.push(...result.troubles.map((trouble) => `round ${round + 1} (${way}): ${trouble}`));
        played.push({ ...result, way });
      }
    } finally {
      await scene.folder.close();
      await scene.server.stop();
    }
  } finally {
    await cluster.stop();
  }
  return { figures: figuresOf(played, seed), violations };
}

async function prepare(cluster: TestCluster): Promise<Scene> {
  const path = temporaryFolder();
  const environment = { VIDIMUS_DATABASE_URL: await cluster.database() };
  const server = await startServer({ folder: path, environment });
  await becomeReady(server);
  const folder = await openFolderHere({ path, environment });
  const accounts: NewAccount[] = [];
  for (let client = 0; client < CLIENTS; client += 1)
    accounts.push(await folder.addAccount(`client ${client}`));
  const clients = await Promise.all(accounts.map((account) => clientOf(server.url, account)));
  return { cluster, server, folder, environment, accounts, clients, seen: 0 };
}

interface Round {
  readonly answers: number;
  readonly refused: number;
  readonly extra: number;
  readonly refusedForMs: number;
  readonly longestRefusalMs: number;
  readonly troubles: readonly string[];
}

/** What a client heard, and when, as `performance.now()` tells it. */
type Timed = { readonly heard: Heard; readonly from: number; readonly to: number };

async function playRound(scene: Scene, way: Way, chance: () => number): Promise<Round> {
  const { cluster, folder, server } = scene;
  const primary = await cluster.leader();
  const all: Timed[] = [];
  let isOver = false;
  const asking = scene.clients.map(async (client) => {
    const own: Timed[] = [];
    while (!isOver) {
      const from = performance.now();
      const heard = await ask({ url: server.url, client, folder, chance }).catch(
        (error: unknown): Heard => ({ kind: 'trouble', trouble: `no answer over HTTP: ${String(error)}` }),
      );
      const timed = { heard, from, to: performance.now() };
      own.push(timed);
      all.push(timed);
      if (heard.kind !== 'told') await pause(AFTER_A_REFUSAL_MS);
    }
    return own;
  });
  await pause(300 + chance() * 700);
  const checkpoint = await handedOut(scene);
  const struckAt = performance.now();
  await strike(cluster, primary, way);
  const troubles = await calmAfter(scene, primary, way, struckAt, all);
  isOver = true;
  const answered = await Promise.all(asking);

  const heard = all.map((each) => each.heard);
  troubles.push(...heard.flatMap((each) => (each.kind === 'trouble' ? [each.trouble] : [])));
  await findsTheNewPrimary(folder);
  const entries = await folder.entriesAfter(scene.seen);
  let extra = 0;
  answered.forEach((own, place) => {
    const { id, name } = (scene.accounts[place] as NewAccount).account;
    const kept = entries.filter(({ leaf }) => leaf.account === id);
    const told = own.map((each) => each.heard);
    extra += kept.length - told.filter(({ kind }) => kind === 'told').length;
    for (const lost of lostAnswers(told, kept)) troubles.push(`${name}: ${lost}`);
  });
  scene.seen = entries.at(-1)?.id ?? scene.seen;
  troubles.push(...(await troublesOf(folder)), ...(await troublesWith(scene, checkpoint)));
  await unlockAll(scene);
  const refusals = all.filter((each) => each.heard.kind === 'no-answer');
  return {
    answers: heard.filter(({ kind }) => kind === 'told').length,
    refused: refusals.length,
    extra,
    refusedForMs: Math.max(0, ...refusals.map(({ to }) => to - struckAt)),
    longestRefusalMs: Math.max(0, ...refusals.map(({ from, to }) => to - from)),
    troubles,
  };
}

async function strike(cluster: TestCluster, primary: ClusterMember, way: Way): Promise<void> {
  if (way !== 'behind') {
    cluster.strike(primary, way);
    return;
  }
  const standby = cluster.otherThan(primary);
  cluster.strike(standby, 'freeze');
  await pause(BEHIND_MS);
  cluster.strike(primary, 'crash');
  // With its processes goes what the network had brought to them.
  cluster.strike(standby, 'crash-database');
  cluster.thaw(standby);
}

/** Waits until another member leads and clients are answered for a while; what stood still goes on before that. */
async function calmAfter(
  { cluster }: Scene,
  primary: ClusterMember,
  way: Way,
  struckAt: number,
  all: readonly Timed[],
): Promise<string[]> {
  const isCalm = () => {
    const recent = all.filter(({ to }) => to > performance.now() - CALM_MS);
    return recent.some(({ from }) => from > struckAt) && recent.every(({ heard }) => heard.kind === 'told');
  };
  const giveUpAt = struckAt + GIVE_UP_MS;
  let isThawed = way !== 'freeze';
  await pause(CALM_MS);
  while (performance.now() < giveUpAt) {
    if (isCalm() && (await cluster.leader()).name !== primary.name) {
      if (isThawed) return [];
      cluster.thaw(primary);
      isThawed = true;
      await pause(CALM_MS);
    }
    await pause(50);
  }
  if (!isThawed) cluster.thaw(primary);
  return [`the server does not answer again within ${GIVE_UP_MS / 1000} s`];
}

/** Nobody has asked over the connections of this process meanwhile: the first question finds them broken. */
async function findsTheNewPrimary(folder: FolderHere): Promise<void> {
  const giveUpAt = performance.now() + GIVE_UP_MS;
  for (;;) {
    try {
      await folder.budgets();
      return;
    } catch (error) {
      if (performance.now() > giveUpAt) throw error;
      await pause(100);
    }
  }
}

/** A checkpoint as an auditor would take it away, while the load goes on. */
async function handedOut({ server: { folder }, environment }: Scene): Promise<string> {
  const { exit, stdout, stderr } = await vidimus(['audit', 'checkpoint', '--data', folder], { environment });
  if (exit !== 0) throw new Error(`audit checkpoint: ${stderr}`);
  const file = join(temporaryFolder(), 'checkpoint');
  writeFileSync(file, stdout);
  return file;
}

async function troublesWith(
  { server: { folder }, environment }: Scene,
  checkpoint: string,
): Promise<string[]> {
  const command = ['audit', 'verify', '--checkpoint', checkpoint, '--data', folder];
  const { exit, stdout, stderr } = await vidimus(command, { environment });
  return exit === 0 ? [] : [`audit verify with the checkpoint from before: ${stdout}${stderr}`];
}

async function unlockAll(scene: Scene): Promise<void> {
  const blocked = [...(await scene.folder.budgets())].filter(([, { blockedUntil }]) => blockedUntil !== null);
  if (blocked.length === 0) return;
  await scene.folder.unlock(blocked.map(([account]) => account));
  scene.seen += blocked.length;
}

function figuresOf(played: readonly (Round & { readonly way: Way })[], seed: number): FailoverFigures {
  const sum = (of: (round: Round) => number) => played.reduce((total, round) => total + of(round), 0);
  const of = (way: Way) => played.filter((round) => round.way === way);
  const seconds = (rounds: readonly Round[]) => {
    const times = rounds.map(({ refusedForMs }) => Math.round(refusedForMs / 100) / 10);
    return { median: median(times), longest: quantile(times, 1) };
  };
  const seen = WAYS.filter((way) => of(way).length > 0);
  return {
    rounds: played.length,
    seed,
    ways: Object.fromEntries(WAYS.map((way) => [way, of(way).length])) as Record<Way, number>,
    answers: sum(({ answers }) => answers),
    refusedWith503: sum(({ refused }) => refused),
    entriesWithoutAnswer: sum(({ extra }) => extra),
    secondsWithRefusals: Object.fromEntries(seen.map((way) => [way, seconds(of(way))])),
    longestRefusalMs: Math.round(Math.max(0, ...played.map(({ longestRefusalMs }) => longestRefusalMs))),
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((later) => setTimeout(later, milliseconds));
}
