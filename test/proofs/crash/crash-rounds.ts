import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  plainEnvironment,
  REPOSITORY,
  startServer,
  type TestServer,
  temporaryFolder,
  VIDIMUS,
} from '@vidimus/testkit';
import { becomeReady } from '../become-ready.ts';
import { median, pick, quantile, seededChance } from '../figures.ts';
import { lostAnswers } from '../lost-answers.ts';
import { askUntilGone, clientOf, type Heard, type Told } from '../mixed-load.ts';
import {
  type Entry,
  type FolderHere,
  type NewAccount,
  openFolderHere,
  troublesOf,
} from '../opened-folder.ts';
import { EMBEDDED, type Place, type ProofStore } from '../proof-store.ts';
import { CALLS, hasCompiler, STORAGE_CALLS, StorageCalls } from '../storage-calls/storage-calls.ts';

const CLIENTS = 6;
/** A ledger of its own every so often, so that verifying all of it stays a small part of a round. */
const ROUNDS_PER_FOLDER = 40;
const READY_WITHIN_MS = 5000;
/** A slow start is tried again this often: the data may make it slow, or a machine that has other work just then. */
const ATTEMPTS = 3;

/** Where the server or an operator's command is killed. All but `moment` and the signal need the compiler. */
const WAYS = {
  sqlite: ['moment', 'storage', 'write', 'sync', 'answer', 'start', 'import', 'rotation', 'backup'],
  // A database copies itself. What is written to it counts as an answer, so that every statement is a place to die.
  postgres: ['moment', 'answer', 'answer', 'answer', 'start', 'import', 'rotation'],
} as const;
type Way = (typeof WAYS)[keyof typeof WAYS][number];

export interface CrashFigures {
  rounds: number;
  seed: number;
  store: ProofStore['name'];
  ways: Record<string, number>;
  answers: number;
  outcomes: Record<string, number>;
  entriesWithoutAnswer: number;
  refusedWith503: number;
  readyMs: { median: number; longest: number };
  /** Starts that took over five seconds, and did not when they were tried again. */
  slowOnce: number;
  answerMs: { median: number; p99: number };
}

/** Kills in the middle of mixed load, again and again, and holds what is left against what clients were told. */
export async function crashRounds(
  rounds: number,
  seed: number,
  store: ProofStore = EMBEDDED,
  onRound: (done: number, violations: number) => void = () => undefined,
): Promise<{ figures: CrashFigures; violations: string[] }> {
  const chance = seededChance(seed);
  const violations: string[] = [];
  const ready: number[] = [];
  const latencies: number[] = [];
  const tally = {
    ways: new Map<string, number>(),
    outcomes: new Map<string, number>(),
    answers: 0,
    extra: 0,
    refused: 0,
    slow: 0,
  };
  let scene: Scene | null = null;
  for (let round = 0; round < rounds; round += 1) {
    onRound(round, violations.length);
    if (round % ROUNDS_PER_FOLDER === 0) {
      await scene?.folder.close();
      scene = await prepare(store);
    }
    const way = hasCompiler ? pick(chance, WAYS[store.name]) : 'moment';
    const result = await playRound(scene as Scene, way, chance).catch((error: unknown) => String(error));
    if (typeof result === 'string') {
      violations.push(`round ${round + 1} (${way}): ${result}`);
      await scene?.folder.close();
      scene = await prepare(store);
      continue;
    }
    for (const trouble of result.troubles) violations.push(`round ${round + 1} (${way}): ${trouble}`);
    for (const { outcome } of result.told) count(tally.outcomes, outcome);
    count(tally.ways, result.wasKilled ? way : `${way}, ended before`);
    tally.answers += result.told.length;
    tally.extra += result.extra;
    tally.refused += result.refused;
    ready.push(result.readyMs);
    if (result.isSlow) tally.slow += 1;
    latencies.push(...result.latencies);
  }
  await scene?.folder.close();
  const figures = {
    rounds,
    seed,
    store: store.name,
    ways: sorted(tally.ways),
    answers: tally.answers,
    outcomes: sorted(tally.outcomes),
    entriesWithoutAnswer: tally.extra,
    refusedWith503: tally.refused,
    readyMs: { median: Math.round(median(ready)), longest: Math.round(quantile(ready, 1)) },
    slowOnce: tally.slow,
    answerMs: { median: round1(median(latencies)), p99: round1(quantile(latencies, 0.99)) },
  };
  return { figures, violations };
}

interface Scene {
  readonly path: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly store: ProofStore;
  readonly folder: FolderHere;
  readonly accounts: NewAccount[];
  /** The newest entry that has been compared. */
  seen: number;
}

async function prepare(store: ProofStore): Promise<Scene> {
  const place = await store.newPlace();
  const { path, environment } = place;
  await (await startServer({ folder: path, environment })).stop();
  const folder = await openFolderHere(place);
  const accounts: NewAccount[] = [];
  for (let client = 0; client < CLIENTS; client += 1)
    accounts.push(await folder.addAccount(`client ${client}`));
  return { path, environment, store, folder, accounts, seen: 0 };
}

/** What the same start takes when it is tried again: the quickest of some, each on data as the kill left it. */
async function quickestAgain(store: ProofStore, left: Place): Promise<number> {
  const times: number[] = [];
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { path: folder, environment } = store.copyOf(left);
    const begun = performance.now();
    const server = await startServer({ folder, environment });
    await becomeReady(server);
    times.push(performance.now() - begun);
    await server.stop();
    if (folder !== left.path) rmSync(folder, { recursive: true });
  }
  return Math.min(...times);
}

interface RoundResult {
  readonly told: readonly Told[];
  /** Questions that were answered with 503: a disk as busy as that is allowed to say so. */
  readonly refused: number;
  readonly extra: number;
  readonly readyMs: number;
  /** Too slow at first; `troubles` says when it was again. */
  readonly isSlow: boolean;
  readonly wasKilled: boolean;
  readonly troubles: readonly string[];
  readonly latencies: readonly number[];
}

async function playRound(scene: Scene, way: Way, chance: () => number): Promise<RoundResult> {
  const latencies: number[] = [];
  const troubles: string[] = [];
  const calls = hasCompiler ? new StorageCalls(scene.path) : null;
  if (way === 'start') await killAtStart(scene, calls, chance);
  const left = scene.store.copyOf(scene);
  const begun = performance.now();
  const server = await startServer({
    folder: scene.path,
    environment: { ...scene.environment, ...calls?.environment },
  });
  await becomeReady(server);
  const readyMs = performance.now() - begun;

  const clients = await Promise.all(scene.accounts.map((account) => clientOf(server.url, account)));
  const asking = clients.map((client) =>
    askUntilGone({ url: server.url, client, folder: scene.folder, chance }, (ms) => latencies.push(ms)),
  );
  const wasKilled = await killSomewhere(scene, server, way, calls, chance);
  const answered = await Promise.all(asking);
  calls?.close();

  const isSlow = readyMs > READY_WITHIN_MS;
  const againMs = isSlow ? await quickestAgain(scene.store, left) : readyMs;
  if (againMs > READY_WITHIN_MS) {
    troubles.push(`ready after ${Math.round(readyMs)} ms, and again after ${Math.round(againMs)}`);
  }
  if (left.path !== scene.path) rmSync(left.path, { recursive: true });
  const heard = answered.flat();
  troubles.push(...heard.flatMap((each) => (each.kind === 'trouble' ? [each.trouble] : [])));
  const entries = await scene.folder.entriesAfter(scene.seen);
  let extra = 0;
  answered.forEach((all, place) => {
    const { id, name } = (scene.accounts[place] as Scene['accounts'][number]).account;
    const own = entries.filter(({ leaf }) => leaf.account === id);
    extra += own.length - toldIn(all).length;
    for (const difference of differencesOf(all, own)) troubles.push(`${name}: ${difference}`);
  });
  scene.seen = entries.at(-1)?.id ?? scene.seen;
  troubles.push(...(await troublesOf(scene.folder)));
  await unlockSome(scene, chance);
  const refused = heard.filter(({ kind }) => kind === 'no-answer').length;
  return { told: toldIn(heard), refused, extra, readyMs, isSlow, wasKilled, troubles, latencies };
}

function toldIn(heard: readonly Heard[]): Told[] {
  return heard.flatMap((each) => (each.kind === 'told' ? [each.told] : []));
}

/** Who got a 503 may have an entry all the same; else it is exactly the answers. */
function differencesOf(heard: readonly Heard[], entries: Entry[]): string[] {
  if (heard.some(({ kind }) => kind === 'no-answer')) {
    return lostAnswers([...heard, { kind: 'no-answer' }], entries);
  }
  const difference = differenceOf(toldIn(heard), entries);
  return difference === null ? [] : [difference];
}

/** A client asks one thing at a time: its entries are its answers in order, and at most one that never arrived. */
function differenceOf(told: readonly Told[], entries: Entry[]): string | null {
  if (entries.length < told.length) return `${told.length} answers, ${entries.length} entries`;
  if (entries.length > told.length + 1) return `${told.length} answers, but ${entries.length} entries`;
  for (const [place, answer] of told.entries()) {
    const { id, subject, leaf } = entries[place] as Entry;
    const entry = { surface: leaf.surface, operation: leaf.operation, subject, outcome: leaf.outcome };
    if (JSON.stringify(entry) !== JSON.stringify(pickTold(answer))) {
      return `entry ${id} says ${JSON.stringify(entry)}, the answer was ${JSON.stringify(answer)}`;
    }
  }
  return null;
}

function pickTold({ surface, operation, subject, outcome }: Told): Told {
  return { surface, operation, subject, outcome };
}

/** Kills the server in the given way, or first a command beside it; tells whether what was wanted came about. */
async function killSomewhere(
  scene: Scene,
  server: TestServer,
  way: Way,
  calls: StorageCalls | null,
  chance: () => number,
): Promise<boolean> {
  await pause(30 + chance() * 150);
  if (calls === null || way === 'moment' || way === 'start') {
    await server.stop('SIGKILL');
    return true;
  }
  if (way === 'import' || way === 'rotation' || way === 'backup') {
    const wasKilled = await killCommand(scene, COMMANDS[way](), chance);
    await server.stop('SIGKILL');
    return wasKilled;
  }
  const kinds = { storage: STORAGE_CALLS, write: CALLS.write, sync: CALLS.sync, answer: CALLS.answer }[way];
  const at = 1 + Math.floor(chance() * (way === 'sync' || way === 'answer' ? 30 : 250));
  calls.strike({ action: chance() < 0.5 ? 'kill-before' : 'kill-after', calls: kinds, at });
  await Promise.race([once(server.process, 'exit'), pause(3000)]);
  const wasKilled = calls.struck > 0;
  await server.stop('SIGKILL');
  return wasKilled;
}

const EXTRACT = join(REPOSITORY, 'packages/testkit/data/cpr/extract/u12170-110901-fe.txt');

const COMMANDS = {
  import: () => ['import', 'cpr', EXTRACT, '--new-chain'],
  rotation: () => ['keys', 'rotate'],
  backup: () => ['backup', 'create', join(temporaryFolder(), 'backup')],
} as const;

async function killCommand(scene: Scene, command: readonly string[], chance: () => number): Promise<boolean> {
  const calls = new StorageCalls(scene.path);
  calls.strike({ action: 'kill-before', calls: STORAGE_CALLS, at: 1 + Math.floor(chance() ** 2 * 400) });
  const child = spawn(process.execPath, [VIDIMUS, ...command, '--data', scene.path], {
    env: { ...plainEnvironment(), ...scene.environment, ...calls.environment },
    stdio: 'ignore',
  });
  const exited = once(child, 'exit');
  // A backup writes elsewhere and a rotation waits before it begins: chance decides for them.
  const timer = setTimeout(() => child.kill('SIGKILL'), 400 + chance() * 1600);
  const [, signal] = (await exited) as [number | null, NodeJS.Signals | null];
  clearTimeout(timer);
  calls.close();
  return signal === 'SIGKILL';
}

async function killAtStart(scene: Scene, calls: StorageCalls | null, chance: () => number): Promise<void> {
  if (calls === null) return;
  calls.strike({ action: 'kill-before', calls: STORAGE_CALLS, at: 1 + Math.floor(chance() * 60) });
  const child = spawn(
    process.execPath,
    [VIDIMUS, 'serve', '--sandbox', '--data', scene.path, '--port', '0'],
    {
      env: { ...plainEnvironment(), ...scene.environment, ...calls.environment },
      stdio: 'ignore',
    },
  );
  const exited = once(child, 'exit');
  const timer = setTimeout(() => child.kill('SIGKILL'), 1500);
  await exited;
  clearTimeout(timer);
  calls.calm();
}

async function unlockSome(scene: Scene, chance: () => number): Promise<void> {
  const blocked = [...(await scene.folder.budgets())].filter(
    ([, { blockedUntil }]) => blockedUntil !== null && chance() < 0.5,
  );
  if (blocked.length === 0) return;
  await scene.folder.unlock(blocked.map(([account]) => account));
  scene.seen += blocked.length;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((later) => setTimeout(later, milliseconds));
}

function count(counts: Map<string, number>, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}

function sorted(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort(([a], [b]) => a.localeCompare(b)));
}

function round1(figure: number): number {
  return Math.round(figure * 10) / 10;
}
