import type { Details, EntryOutcome, Leaf, Operation, RegisterName } from './entry.ts';

/** Which entries are wanted; null leaves a question open. Times in ms, `from` included, `to` not. */
export interface RecordQuery {
  readonly account: string | null;
  readonly subject: Uint8Array | null;
  readonly reference: string | null;
  readonly register: RegisterName | null;
  readonly operations: readonly Operation[] | null;
  readonly outcome: EntryOutcome | null;
  readonly from: number | null;
  readonly to: number | null;
  /** Only those that were recorded before the one with this id, of the same account; null for the newest on. */
  readonly before: number | null;
  readonly skip: number;
  readonly limit: number;
}

/**
 * An entry as it may be shown to its account and to operators, without the commitment that ties its parts. `id`
 * names it among the records of its account, for good and from the first moment on; `entry` is its number in the
 * ledger, null until it stands in the tree, which takes no longer than a second.
 */
export type LedgerRecord = { readonly id: number; readonly entry: number | null } & Omit<
  Leaf,
  'v' | 'details'
> &
  Required<Omit<Details, 'subject' | 'purpose'>> & { readonly purpose: string | null };

export const EVERY_RECORD: RecordQuery = {
  account: null,
  subject: null,
  reference: null,
  register: null,
  operations: null,
  outcome: null,
  from: null,
  to: null,
  before: null,
  skip: 0,
  limit: 50,
};

/** Reads the ledger; newest entries first. */
export interface LedgerReader {
  readonly records: (query: RecordQuery) => Promise<readonly LedgerRecord[]>;
  /** One record of an account; null when it has none of this id. */
  readonly recordOf: (account: string, id: number) => Promise<LedgerRecord | null>;
  /** Every question about a subject, oldest first. */
  readonly questionsAbout: (subject: Uint8Array) => Promise<readonly LedgerRecord[]>;
  /** How many entries there are in all, whatever `skip` and `limit` say. */
  readonly count: (query: RecordQuery) => Promise<number>;
}
