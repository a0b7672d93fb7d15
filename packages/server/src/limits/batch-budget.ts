/**
 * How many unknown numbers the batches of an account may find within 24 hours, where the account has no limit of its
 * own. A list of customers has a few mistakes in a thousand rows; whoever tries numbers hits one in some dozens.
 */
export const DEFAULT_MAX_UNKNOWN = 100;

const WINDOW_MS = 24 * 60 * 60 * 1000;
/** Unknown numbers are counted by minute: exact enough for a limit by the day, and at most 1441 rows to add up. */
const MINUTE_MS = 60_000;

/** The minute that is counted in at `now` (ms), and the first one that still counts then. */
export function countedMinutes(now: number): { readonly first: number; readonly current: number } {
  return { first: Math.floor((now - WINDOW_MS) / MINUTE_MS), current: Math.floor(now / MINUTE_MS) };
}

/** What may be used and what has been: of one job since it began, or of all batches of an account within 24 hours. */
export interface UnknownUse {
  readonly most: number;
  readonly used: number;
}

/** How many more unknown numbers may be answered. The one after the last is refused, and the job stops at it. */
export function unknownLeft(ofJob: UnknownUse, ofAccount: UnknownUse): number {
  return Math.max(0, Math.min(ofJob.most - ofJob.used, ofAccount.most - ofAccount.used));
}
