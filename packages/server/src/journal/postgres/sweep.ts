import type { Postgres } from '../../storage/database.ts';
import { dropLapsed } from './kept-answers.ts';
import { forgetNames } from './name-attempts.ts';

/** How long what has lapsed may stay; nobody is given an answer then, and no name counts. */
const LOOK_EVERY_MS = 60_000;
/** Where more has lapsed than goes in one turn. */
const NEXT_TURN_MS = 1000;

/** Deletes answers and names that have lapsed, from time to time until it is stopped. `now` in ms. */
export function keepSwept(db: Postgres, now: () => number): { readonly stop: () => void } {
  let timer: NodeJS.Timeout;
  let isStopped = false;

  function sweepIn(ms: number): void {
    if (isStopped) return;
    timer = setTimeout(() => {
      // What is not swept now is the next time.
      void Promise.all([forgetNames(db, now()), dropLapsed(db, now())]).then(
        (areMore) => sweepIn(areMore.includes(true) ? NEXT_TURN_MS : LOOK_EVERY_MS),
        () => sweepIn(LOOK_EVERY_MS),
      );
    }, ms).unref();
  }

  sweepIn(LOOK_EVERY_MS);
  return {
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
