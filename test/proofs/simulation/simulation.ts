import { createHash, createSecretKey, randomBytes } from 'node:crypto';
import type { Draft, Leaf } from '../../../packages/server/src/journal/entry.ts';
import type { LedgerKeys } from '../../../packages/server/src/journal/ledger-keys.ts';
import {
  type Commit,
  committer,
  type Done,
  type Work,
} from '../../../packages/server/src/journal/sqlite/commit.ts';
import { BudgetModel } from '../budget-model.ts';
import { pick, seededChance } from '../figures.ts';
import { type Ask, ExpectedLedger } from './expected-ledger.ts';
import { UnreliableDatabase } from './unreliable-database.ts';

const HOUR_MS = 3_600_000;
const START = 1_800_000_000_000;
const ACCOUNTS = ['acc_a', 'acc_a', 'acc_b'];
const NODES = 3;
const STEPS = 7;

export interface SimulationFigures {
  seeds: number;
  entries: number;
  crashes: number;
  duplicates: number;
  clockJumps: number;
  blocks: number;
}

const KEYS: LedgerKeys = { ledger: newKeys(), subject: newKeys() };

/** Many seeds on one database; the first that goes wrong ends it and is named. */
export class Simulation {
  readonly #database = new UnreliableDatabase();
  /** Opening one prepares a dozen statements, so that they outlive a seed. */
  readonly #commits = Array.from({ length: NODES }, () => this.#open());
  readonly figures: SimulationFigures = {
    seeds: 0,
    entries: 0,
    crashes: 0,
    duplicates: 0,
    clockJumps: 0,
    blocks: 0,
  };

  /** Plays one seed; what went wrong, or null. */
  play(seed: number): string | null {
    this.#database.empty();
    this.figures.seeds += 1;
    const chance = seededChance(seed);
    const expected = new ExpectedLedger();
    const nodes = this.#commits.map((_, place) => ({ place, skew: skewOf(chance) }));
    const waiting: Ask[] = [];
    let time = START;
    for (let step = 0; step < STEPS; step += 1) {
      time += pick(chance, [0, 1, 1000, HOUR_MS, 8 * HOUR_MS, 23 * HOUR_MS, 24 * HOUR_MS - 1, 24 * HOUR_MS]);
      for (let asked = chance() * 4; asked >= 0; asked -= 1) waiting.push(newAsk(chance));
      const node = pick(chance, nodes);
      if (chance() < 0.15) {
        node.skew = skewOf(chance);
        this.figures.clockJumps += 1;
      }
      const batch = this.#someOf(waiting, chance);
      const trouble = this.#commit(node.place, batch, time + node.skew, expected, chance);
      if (trouble !== null) return `step ${step + 1}: ${trouble}`;
    }
    return this.#troubleAtRest(expected);
  }

  #open(): Commit {
    return committer(this.#database.handle, KEYS);
  }

  /** Takes some out in any order. What is sent twice stays and comes again. */
  #someOf(waiting: Ask[], chance: () => number): Ask[] {
    const batch: Ask[] = [];
    for (let wanted = 1 + chance() * 3; wanted >= 0 && waiting.length > 0; wanted -= 1) {
      const place = Math.floor(chance() * waiting.length);
      batch.push(waiting[place] as Ask);
      if (chance() < 0.1) this.figures.duplicates += 1;
      else waiting.splice(place, 1);
    }
    return batch;
  }

  #commit(
    place: number,
    batch: readonly Ask[],
    now: number,
    expected: ExpectedLedger,
    chance: () => number,
  ): string | null {
    const accident = chance() < 0.2 ? pick(chance, ['lost', 'unacknowledged', 'poisoned'] as const) : null;
    this.#database.accident = accident === 'poisoned' ? null : accident;
    const work = batch.map(workOf);
    if (accident === 'poisoned') work.splice(Math.floor(chance() * (work.length + 1)), 0, POISON);
    let done: readonly Done[] | null = null;
    try {
      done = (this.#commits[place] as Commit)(work, now);
    } catch (error) {
      if (accident === null) return `the commit failed: ${String(error)}`;
      this.figures.crashes += 1;
      if (chance() < 0.1) this.#commits[place] = this.#open();
    }
    this.#database.accident = null;
    if (accident === 'lost' || accident === 'poisoned')
      return done === null ? null : 'a lost batch was acknowledged';
    const wanted = expected.take(batch, now);
    this.figures.entries += wanted.length;
    if (done === null) return null;
    const [found, right] = [JSON.stringify(done.map(told)), JSON.stringify(wanted)];
    return found === right ? null : `decided ${found}, expected ${right}`;
  }

  #troubleAtRest(expected: ExpectedLedger): string | null {
    const entries = this.#database.all('select id, at, leaf, hash from entry order by id');
    if (entries.length !== expected.size) return `${entries.length} entries, expected ${expected.size}`;
    const model = new BudgetModel();
    let latest = 0;
    for (const { id, at, leaf } of entries as { id: number; at: number; leaf: Uint8Array }[]) {
      if (at < latest) return `entry ${id} is before the one before it`;
      latest = at;
      const trouble = model.take(JSON.parse(Buffer.from(leaf).toString()) as Leaf);
      if (trouble !== null) return `entry ${id} ${trouble}`;
    }
    for (const row of this.#database.all('select account, blocked_until from budget')) {
      const { account, blocked_until: until } = row as { account: string; blocked_until: number | null };
      if (until !== (expected.blocks.get(account) ?? null)) return `${account} is blocked until ${until}`;
      if (until !== null) this.figures.blocks += 1;
    }
    const [tree] = this.#database.all('select clock, frontier from tree') as {
      clock: number;
      frontier: Uint8Array;
    }[];
    if ((tree?.clock ?? 0) !== expected.clock)
      return `the clock kept is ${tree?.clock}, not ${expected.clock}`;
    const hashes = entries.map(({ leaf }) => sha256(Uint8Array.of(0), leaf as Uint8Array));
    const wrong = entries.findIndex(({ hash }, place) => !hashes[place]?.equals(hash as Uint8Array));
    return wrong < 0 ? null : `entry ${wrong + 1} does not have its hash`;
  }
}

function newAsk(chance: () => number): Ask {
  const what =
    chance() < 0.85
      ? 'cpr question'
      : pick(chance, ['ssn question', 'unlock', 'report', 'ssn question'] as const);
  return {
    account: pick(chance, ACCOUNTS),
    what,
    use:
      what === 'cpr question'
        ? pick(chance, ['miss', 'miss', 'miss', 'miss', 'miss', 'hit', 'unavailable', 'refused'])
        : 'refused',
  };
}

/** Seconds to two years, either way; none at all most of the time. */
function skewOf(chance: () => number): number {
  if (chance() < 0.5) return 0;
  const size = pick(chance, [1, 1000, 300_000, 24 * HOUR_MS, 2 * 365 * 24 * HOUR_MS]);
  return chance() < 0.5 ? size : -size;
}

function workOf({ account, use, what }: Ask): Work {
  const operation = what === 'unlock' || what === 'report' ? what : 'lookup';
  const draft: Draft = {
    account,
    credential: 'crd',
    surface: 'simulation',
    register: what === 'ssn question' ? 'ssn' : 'cpr',
    operation,
    subject: null,
    reference: null,
    context: null,
    summary: null,
    use,
    outcome: use === 'miss' ? 'unknown' : 'found',
  };
  return { kind: 'entry', draft, keep: null };
}

/** An entry that no database takes, so that its whole batch has to go. */
const POISON: Work = {
  kind: 'entry',
  draft: {
    ...(workOf({ account: 'acc_a', use: 'miss', what: 'cpr question' }) as { draft: Draft }).draft,
    subject: {} as Uint8Array,
  },
  keep: null,
};

function told(done: Done): unknown {
  if (done.kind !== 'entry') return done;
  const { id: entry, at, verdict } = done.recorded;
  if (verdict.kind === 'blocked') return { entry, at, verdict: { until: verdict.until } };
  return { entry, at, verdict: { failures: verdict.failures } };
}

function sha256(...parts: Uint8Array[]): Buffer {
  return parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
}

function newKeys() {
  return { current: 1, byVersion: new Map([[1, createSecretKey(randomBytes(32))]]) };
}
