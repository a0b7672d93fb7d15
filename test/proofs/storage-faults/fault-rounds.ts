import { startServer, type TestServer, temporaryFolder } from '@vidimus/testkit';
import { becomeReady } from '../become-ready.ts';
import { median, quantile, seededChance } from '../figures.ts';
import { lostAnswers } from '../lost-answers.ts';
import { ask, type Client, clientOf, type Heard } from '../mixed-load.ts';
import { type FolderHere, type NewAccount, openFolderHere, troublesOf } from '../opened-folder.ts';
import { CALLS, ERRNO, StorageCalls } from '../storage-calls/storage-calls.ts';

const CLIENTS = 3;
const ANSWER_WITHIN_MS = 1000;
const RECOVER_WITHIN_MS = 5000;
/** So many questions are asked before the n-th call is held to be out of reach. */
const MOST_QUESTIONS = 40;

const KINDS = ['write', 'sync', 'open', 'name', 'truncate'] as const;
type Kind = (typeof KINDS)[number];

export interface FaultFigures {
  n: string;
  seed: number;
  faults: Record<string, number>;
  notReached: number;
  answers: number;
  withoutAnswer: number;
  withoutAnswerMs: { median: number; longest: number };
  readinessRed: Record<string, number>;
  recoveryMs: { median: number; longest: number };
  restartsAfterFailedSync: number;
}

/**
 * Lets the n-th storage call of a serving process fail, for n from 1 on, each kind of call, EIO and ENOSPC, once
 * and from then on, and looks at what clients get, what readiness says and whether it recovers.
 */
export async function faultRounds(
  highest: number,
  seed: number,
): Promise<{ figures: FaultFigures; violations: string[] }> {
  const stage = await Stage.open(seed);
  for (let n = 1; n <= highest; n += 1) {
    for (const kind of KINDS) {
      for (const error of ['EIO', 'ENOSPC'] as const) {
        for (const lasting of [false, true]) await stage.play({ n, kind, error, lasting });
      }
    }
  }
  return stage.finish(highest, seed);
}

interface Fault {
  readonly n: number;
  readonly kind: Kind;
  readonly error: keyof typeof ERRNO;
  readonly lasting: boolean;
}

class Stage {
  readonly #path: string;
  readonly #folder: FolderHere;
  readonly #calls: StorageCalls;
  readonly #chance: () => number;
  readonly #violations: string[] = [];
  readonly #heard: Heard[][] = Array.from({ length: CLIENTS }, () => []);
  readonly #times = { withoutAnswer: [] as number[], recovery: [] as number[] };
  readonly #faults: Record<string, number> = {};
  readonly #red: Record<string, number> = {};
  readonly #counts = { notReached: 0, answers: 0, restarts: 0 };
  #accounts: readonly NewAccount[] = [];
  #server: TestServer;
  #clients: Client[] = [];

  private constructor(
    path: string,
    folder: FolderHere,
    server: TestServer,
    calls: StorageCalls,
    seed: number,
  ) {
    this.#path = path;
    this.#server = server;
    this.#calls = calls;
    this.#chance = seededChance(seed);
    this.#folder = folder;
  }

  static async open(seed: number): Promise<Stage> {
    const path = temporaryFolder();
    const calls = new StorageCalls(path);
    const server = await startServer({ folder: path, environment: calls.environment });
    const stage = new Stage(path, await openFolderHere({ path, environment: {} }), server, calls, seed);
    await becomeReady(server);
    await stage.#enter();
    return stage;
  }

  async #enter(): Promise<void> {
    if (this.#accounts.length === 0) {
      this.#accounts = await Promise.all(
        this.#heard.map((_, index) => this.#folder.addAccount(`client ${index}`)),
      );
    }
    this.#clients = await Promise.all(this.#accounts.map((account) => clientOf(this.#server.url, account)));
  }

  async play(fault: Fault): Promise<void> {
    const name = `${fault.kind} ${fault.n} ${fault.error}${fault.lasting ? ' lasting' : ''}`;
    const trouble = (what: string): void => void this.#violations.push(`${name}: ${what}`);
    this.#calls.strike({
      action: 'fail',
      calls: CALLS[fault.kind],
      at: fault.n,
      lasting: fault.lasting,
      error: ERRNO[fault.error],
    });
    const refused = await this.#askUntilStruck(trouble);
    if (this.#calls.struck === 0) {
      this.#calls.calm();
      this.#counts.notReached += 1;
      return;
    }
    const kind = `${fault.kind} ${fault.error}${fault.lasting ? ' lasting' : ''}`;
    this.#faults[kind] = (this.#faults[kind] ?? 0) + 1;
    if (fault.lasting && refused) await this.#expectRed(trouble);
    this.#calls.calm();
    if (fault.kind === 'sync' && refused) await this.#expectEnded(trouble);
    else await this.#expectRecovery(trouble);
  }

  /** Tells whether anybody got no answer. */
  async #askUntilStruck(trouble: (what: string) => void): Promise<boolean> {
    let refused = false;
    for (let asked = 0; asked < MOST_QUESTIONS; asked += CLIENTS) {
      const isStruck = this.#calls.struck > 0;
      if (await this.#askAll(trouble)) refused = true;
      if (isStruck) break;
    }
    return refused;
  }

  async #askAll(trouble: (what: string) => void): Promise<boolean> {
    const answers = await Promise.all(
      this.#clients.map(async (client, place) => {
        const begun = performance.now();
        const asking = { url: this.#server.url, client, folder: this.#folder, chance: this.#chance };
        const heard = await ask(asking).catch((error: unknown) => ({
          kind: 'trouble' as const,
          trouble: String(error),
        }));
        const took = performance.now() - begun;
        this.#heard[place]?.push(heard);
        if (heard.kind === 'trouble') trouble(heard.trouble);
        if (heard.kind === 'told') this.#counts.answers += 1;
        if (heard.kind !== 'no-answer') return false;
        this.#times.withoutAnswer.push(took);
        if (took > ANSWER_WITHIN_MS) trouble(`503 after ${Math.round(took)} ms`);
        return true;
      }),
    );
    return answers.includes(true);
  }

  async #readiness(): Promise<{ status: number; reasons: string }> {
    const answer = await fetch(`${this.#server.url}/readyz?verbose`);
    const { checks } = (await answer.json()) as { checks: { name: string; trouble: string | null }[] };
    const reasons = checks.flatMap(({ name, trouble }) => (trouble === null ? [] : [`${name}: ${trouble}`]));
    return { status: answer.status, reasons: reasons.join('; ') };
  }

  async #expectRed(trouble: (what: string) => void): Promise<void> {
    const { status, reasons } = await this.#readiness();
    if (status !== 503 || reasons === '') trouble(`readiness is ${status} (${reasons})`);
    this.#red[reasons] = (this.#red[reasons] ?? 0) + 1;
  }

  async #expectRecovery(trouble: (what: string) => void): Promise<void> {
    const begun = performance.now();
    for (;;) {
      const { status, reasons } = await this.#readiness();
      const took = performance.now() - begun;
      if (status === 200) {
        this.#times.recovery.push(took);
        break;
      }
      if (took > RECOVER_WITHIN_MS) {
        trouble(`does not recover: ${reasons}`);
        await this.#restart();
        return;
      }
      await new Promise((later) => setTimeout(later, 20));
    }
    if (await this.#askAll(trouble)) trouble('no answer although ready');
  }

  /** After a failed fsync nobody gets an answer any more, until the server is started anew. */
  async #expectEnded(trouble: (what: string) => void): Promise<void> {
    await this.#expectRed(trouble);
    const before = this.#counts.answers;
    await this.#askAll(trouble);
    await new Promise((later) => setTimeout(later, 100));
    await this.#askAll(trouble);
    if (this.#counts.answers > before) trouble('answers after a failed fsync');
    await this.#restart();
    this.#counts.restarts += 1;
    if (await this.#askAll(trouble)) trouble('no answer after the restart');
  }

  async #restart(): Promise<void> {
    await this.#server.stop('SIGKILL');
    this.#server = await startServer({ folder: this.#path, environment: this.#calls.environment });
    await becomeReady(this.#server);
    await this.#enter();
  }

  async finish(highest: number, seed: number): Promise<{ figures: FaultFigures; violations: string[] }> {
    await this.#server.stop();
    this.#calls.close();
    const entries = await this.#folder.entriesAfter(0);
    this.#heard.forEach((heard, place) => {
      const { account } = this.#accounts[place] as NewAccount;
      const own = entries.filter(({ leaf }) => leaf.account === account.id);
      for (const lost of lostAnswers(heard, own)) this.#violations.push(`${account.name}: ${lost}`);
    });
    this.#violations.push(...(await troublesOf(this.#folder)));
    await this.#folder.close();
    const { withoutAnswer, recovery } = this.#times;
    return {
      violations: this.#violations,
      figures: {
        n: `1…${highest}`,
        seed,
        faults: this.#faults,
        notReached: this.#counts.notReached,
        answers: this.#counts.answers,
        withoutAnswer: withoutAnswer.length,
        withoutAnswerMs: spread(withoutAnswer),
        readinessRed: this.#red,
        recoveryMs: { median: spread(recovery).median, longest: spread(recovery).longest },
        restartsAfterFailedSync: this.#counts.restarts,
      },
    };
  }
}

function spread(times: readonly number[]): { median: number; longest: number } {
  return { median: Math.round(median(times)), longest: Math.round(quantile(times, 1)) };
}
