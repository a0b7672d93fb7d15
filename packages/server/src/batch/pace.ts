import type { Batch } from '../journal/batch-journal.ts';

/** How fast a job goes, as far as this process has seen. */
export interface Pace {
  readonly rowsPerSecond: number;
  /** Null while nothing moves. */
  readonly secondsLeft: number | null;
}

/** Long enough that a slow chunk does not show, short enough that a change does. */
const WINDOW_MS = 10_000;

/**
 * Looks at the job that is worked on, whoever works on it, and tells its pace. Progress is in the ledger for all processes to
 * see; a rate is not, and each makes its own.
 *
 * @param monotonic in ms
 */
export function openPace(monotonic: () => number) {
  let seen: { readonly id: string; readonly rows: number; readonly at: number }[] = [];
  return {
    note(job: Batch | null): void {
      const at = monotonic();
      seen = seen.filter((look) => look.id === job?.id && look.at >= at - WINDOW_MS);
      if (job !== null) seen.push({ id: job.id, rows: job.rows, at });
    },
    /** Null for a job that nobody is at work on, or that was not looked at for long enough. */
    of({ id, state, rows, input }: Batch): Pace | null {
      const [first] = seen;
      const last = seen.at(-1);
      if (first?.id !== id || last === undefined || state !== 'running' || last.at <= first.at) return null;
      const rate = ((last.rows - first.rows) * 1000) / (last.at - first.at);
      return {
        rowsPerSecond: Math.round(rate),
        secondsLeft: rate > 0 ? Math.ceil((input.rows - rows) / rate) : null,
      };
    },
  };
}
