import { serviceToken, ssnDetails, startServer, type TestServer, unknownNumber } from '@vidimus/testkit';
import { becomeReady } from '../become-ready.ts';
import { median, quantile, seededChance } from '../figures.ts';
import {
  type Entry,
  type FolderHere,
  type NewAccount,
  openFolderHere,
  troublesOf,
} from '../opened-folder.ts';
import { EMBEDDED, type ProofStore } from '../proof-store.ts';

const PROCESSES = 3;
const UNKNOWN_EACH = 8;
const HITS_EACH = 2;
const KNOWN = '1307610015';
const TOKEN_ATTEMPTS = 5;
/** Accounts of their own for this many rounds: servers start anew afterwards, so that ledgers stay short. */
const ROUNDS_PER_FOLDER = 250;

export interface RaceFigures {
  rounds: number;
  seed: number;
  store: ProofStore['name'];
  processes: number;
  unknownPerRound: number;
  answers: Record<string, number>;
  hitsBeforeTheBlock: number;
  hitsRefused: number;
  /** Of rounds in which all got an answer. */
  unknownAnswersPerRound: Record<string, number>;
  /** Rounds in which a database too busy to write said so, with 503. */
  roundsWithRefusals: number;
  neighbourMs: { median: number; p99: number };
}

/**
 * One account asks for many unknown numbers at once, over many connections to several processes on one folder,
 * with hits in between and another account beside it.
 */
export async function raceRounds(
  rounds: number,
  seed: number,
  store: ProofStore = EMBEDDED,
): Promise<{ figures: RaceFigures; violations: string[] }> {
  const chance = seededChance(seed);
  const violations: string[] = [];
  const answers: Record<string, number> = {};
  const unknownAnswers: Record<string, number> = {};
  const neighbour: number[] = [];
  const hits = { before: 0, refused: 0 };
  let roundsWithRefusals = 0;
  for (let done = 0; done < rounds; done += ROUNDS_PER_FOLDER) {
    const arena = await openArena(store, Math.min(ROUNDS_PER_FOLDER, rounds - done));
    for (const [index, racer] of arena.racers.entries()) {
      const result = await race(arena, racer, chance);
      const name = `round ${done + index + 1}`;
      for (const trouble of result.troubles) violations.push(`${name}: ${trouble}`);
      for (const status of result.statuses) answers[status] = (answers[status] ?? 0) + 1;
      if (result.statuses.includes(503)) roundsWithRefusals += 1;
      else unknownAnswers[result.unknown] = (unknownAnswers[result.unknown] ?? 0) + 1;
      hits.before += result.hits.before;
      hits.refused += result.hits.refused;
      neighbour.push(...result.neighbour);
    }
    for (const trouble of await troublesOf(arena.folder)) violations.push(trouble);
    await closeArena(arena);
  }
  const figures = {
    rounds,
    seed,
    store: store.name,
    processes: PROCESSES,
    unknownPerRound: PROCESSES * UNKNOWN_EACH,
    answers,
    unknownAnswersPerRound: unknownAnswers,
    roundsWithRefusals,
    hitsBeforeTheBlock: hits.before,
    hitsRefused: hits.refused,
    neighbourMs: { median: Math.round(median(neighbour)), p99: Math.round(quantile(neighbour, 0.99)) },
  };
  return { figures, violations };
}

interface Arena {
  readonly servers: readonly TestServer[];
  readonly folder: FolderHere;
  readonly racers: readonly NewAccount[];
  readonly neighbour: readonly string[];
  seen: number;
}

async function openArena(store: ProofStore, rounds: number): Promise<Arena> {
  const place = await store.newPlace();
  const options = { folder: place.path, environment: place.environment };
  await (await startServer(options)).stop();
  const folder = await openFolderHere(place);
  const racers: NewAccount[] = [];
  for (let round = 0; round < rounds; round += 1) racers.push(await folder.addAccount(`racer ${round}`));
  const neighbour = await folder.addAccount('neighbour');
  const servers = await Promise.all(Array.from({ length: PROCESSES }, () => startServer(options)));
  await Promise.all(servers.map(becomeReady));
  const tokens = await Promise.all(servers.map(({ url }) => tokenOf(url, neighbour)));
  return { servers, folder, racers, neighbour: tokens, seen: 0 };
}

async function closeArena(arena: Arena): Promise<void> {
  await Promise.all(arena.servers.map((server) => server.stop()));
  await arena.folder.close();
}

interface RaceResult {
  readonly statuses: readonly number[];
  readonly unknown: number;
  readonly hits: { readonly before: number; readonly refused: number };
  readonly neighbour: readonly number[];
  readonly troubles: readonly string[];
}

async function race(arena: Arena, racer: NewAccount, chance: () => number): Promise<RaceResult> {
  const asked: { url: string; token: string; cpr: string }[] = [];
  const tokens = await Promise.all(arena.servers.map(({ url }) => tokenOf(url, racer)));
  arena.servers.forEach(({ url }, place) => {
    const token = tokens[place] as string;
    for (let index = 0; index < UNKNOWN_EACH; index += 1) {
      asked.push({ url, token, cpr: unknownNumber(place * UNKNOWN_EACH + index) });
    }
    for (let index = 0; index < HITS_EACH; index += 1) asked.push({ url, token, cpr: KNOWN });
  });
  asked.sort(() => chance() - 0.5);
  const neighbour = arena.servers.map(async ({ url }, place) => {
    const begun = performance.now();
    const status = await statusOf(url, arena.neighbour[place] as string, KNOWN);
    return { status, milliseconds: performance.now() - begun };
  });
  const statuses = await Promise.all(asked.map(({ url, token, cpr }) => statusOf(url, token, cpr)));
  const beside = await Promise.all(neighbour);

  const entries = await arena.folder.entriesAfter(arena.seen);
  arena.seen = entries.at(-1)?.id ?? arena.seen;
  const own = entries.filter(({ leaf }) => leaf.account === racer.account.id);
  const troubles = [
    ...troublesOfRace(
      asked.map(({ cpr }) => cpr !== KNOWN),
      statuses,
      own,
    ),
    ...beside.flatMap(({ status }) =>
      status === 200 || status === 503 ? [] : [`the neighbour got ${status}`],
    ),
  ];
  const hits = { before: 0, refused: 0 };
  statuses.forEach((status, place) => {
    if (asked[place]?.cpr !== KNOWN) return;
    if (status === 200) hits.before += 1;
    else hits.refused += 1;
  });
  const unknown = statuses.filter((status) => status === 400).length;
  return { statuses, unknown, hits, neighbour: beside.map(({ milliseconds }) => milliseconds), troubles };
}

function troublesOfRace(
  isUnknown: readonly boolean[],
  statuses: readonly number[],
  own: readonly Entry[],
): string[] {
  const troubles: string[] = [];
  const count = (status: number, wanted: boolean): number =>
    statuses.filter((each, place) => each === status && isUnknown[place] === wanted).length;
  const unknown = count(400, true);
  const block = own.findIndex(({ leaf }) => leaf.outcome === 'blocked');
  const after = block < 0 ? [] : own.slice(block).filter(({ leaf }) => leaf.outcome !== 'blocked');
  for (const { id, leaf } of after) troubles.push(`entry ${id} says ${leaf.outcome} after the block`);
  if (statuses.includes(503)) {
    // Who was refused may have an entry all the same.
    if (unknown > 5) troubles.push(`${unknown} unknown answers, more than 5`);
    const answered = statuses.filter((status) => status !== 503).length;
    if (own.length < answered) troubles.push(`${own.length} entries for ${answered} answers`);
    return troubles;
  }
  if (unknown !== 5) troubles.push(`${unknown} unknown answers instead of 5`);
  if (count(429, true) !== PROCESSES * UNKNOWN_EACH - 5) troubles.push('not all others were refused');
  if (count(200, false) + count(429, false) !== PROCESSES * HITS_EACH)
    troubles.push('a hit got another answer');
  if (own.length !== statuses.length) troubles.push(`${own.length} entries for ${statuses.length} answers`);
  if (block < 0) troubles.push('no entry says that the account was blocked');
  const found = own.filter(({ leaf }) => leaf.outcome === 'found').length;
  if (found !== count(200, false)) troubles.push(`${found} entries "found" for ${count(200, false)} answers`);
  return troubles;
}

async function statusOf(url: string, token: string, cpr: string): Promise<number> {
  const answer = await ssnDetails(url, token, cpr);
  await answer.arrayBuffer();
  return answer.status;
}

/** A database that is too busy just now is asked again. */
async function tokenOf(url: string, account: NewAccount): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await serviceToken(url, account.oauth as { clientId: string; clientSecret: string });
    } catch (error) {
      if (attempt === TOKEN_ATTEMPTS) throw error;
    }
  }
}
