import type { Postgres, UnhurriedLine } from '../../storage/database.ts';
import { faultOf } from './fault.ts';
import { growTree } from './grow-tree.ts';
import { soon } from './patience.ts';
import { fillSubtrees } from './subtree-rows.ts';
import { giveTurnBack, renewTurn, type Turn, takeTurn } from './tree-row.ts';

/** How soon entries get their place in the tree; nobody waits for it with an answer. */
const LOOK_EVERY_MS = 200;
/** How often others look whether it is their turn, and how soon it is tried again after a failure. */
const ASK_EVERY_MS = 1000;

/** Small enough that entries get their places in time while what is missing is made. */
const FILLED_AT_ONCE = 50;

export interface Integrator {
  /** Why entries that are recorded do not get into the tree; null while they do, or while others see to it. */
  readonly trouble: () => string | null;
  /** Adds what still waits, where it is this process's turn, and lets another one have the next. */
  readonly stop: () => Promise<void>;
}

/**
 * Adds entries to the tree while it is this process's turn, and otherwise waits for it: of all processes on a
 * database one integrates, and another takes over within seconds when it is gone. Each turn has a number; whoever
 * comes back after a long pause with an old one changes nothing any more.
 */
export function startIntegrator(db: Postgres, holder: string): Integrator {
  let trouble: string | null = null;
  let isStopping = false;
  let wake = (): void => undefined;

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      timer.unref();
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  async function integrate(line: UnhurriedLine, first: Turn): Promise<void> {
    let turn = first;
    const missing = fillSubtrees(line, first.frontier.size);
    for (let renewedAt = performance.now(); ; ) {
      const isLast = isStopping;
      const growth = await soon(growTree(line, turn));
      turn = growth.turn;
      const [damaged] = growth.damaged;
      trouble = damaged === undefined ? null : `an entry of ${damaged} is not what was written`;
      if (growth.added > 0) renewedAt = performance.now();
      else if (isLast) return giveTurnBack(line, turn);
      else if (performance.now() - renewedAt > ASK_EVERY_MS) {
        await renewTurn(line, turn);
        renewedAt = performance.now();
      }
      const isFilling = await soon(fillSome(missing));
      if (growth.added === 0 && !isFilling) await pause(LOOK_EVERY_MS);
    }
  }

  async function serve(): Promise<void> {
    while (!isStopping) {
      try {
        const turn = await takeTurn(db, holder);
        if (turn === null) trouble = null;
        else await db.unhurried((line) => integrate(line, turn));
      } catch (error) {
        // The database is gone, or another one's turn has begun: what was half done is not done, and passes.
        trouble = faultOf(error) === 'other' ? String(error) : null;
      }
      if (!isStopping) await pause(ASK_EVERY_MS);
    }
  }

  const served = serve();
  return {
    trouble: () => trouble,
    async stop() {
      isStopping = true;
      wake();
      await served;
    },
  };
}

/** Whether there may be more. */
async function fillSome(missing: AsyncGenerator<void>): Promise<boolean> {
  for (let filled = 0; filled < FILLED_AT_ONCE; filled += 1) {
    if ((await missing.next()).done === true) return false;
  }
  return true;
}
