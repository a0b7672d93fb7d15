/**
 * How many unknown numbers the batches of an account may find within 24 hours, where the account has no limit of its
 * own. A list of customers has a few mistakes in a thousand rows; whoever tries numbers hits one in some dozens.
 */
export const DEFAULT_MAX_UNKNOWN = 100;

export const BATCH_WINDOW_MS = 24 * 60 * 60 * 1000;

/** What may be used and what has been: of one job since it began, or of all batches of an account within 24 hours. */
export interface UnknownUse {
  readonly most: number;
  readonly used: number;
}

/** How many more unknown numbers may be answered. The one after the last is refused, and the job stops at it. */
export function unknownLeft(ofJob: UnknownUse, ofAccount: UnknownUse): number {
  return Math.max(0, Math.min(ofJob.most - ofJob.used, ofAccount.most - ofAccount.used));
}
