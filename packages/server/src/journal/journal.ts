import type { BudgetState } from '../limits/budget.ts';
import type { NameAttemptDecision, NameAttemptRule } from '../limits/name-attempts.ts';
import type { Draft, Keep, Kept, Recorded, RegisterName } from './entry.ts';
import type { LedgerKeys } from './ledger-keys.ts';
import type { LedgerReader } from './records.ts';
import type { Signing, SigningState, TreeKey } from './signing.ts';

/** Why an entry could not be made durable. */
export type JournalFault = 'busy' | 'full' | 'gone' | 'io' | 'sync' | 'stopped' | 'slow' | 'other';

export interface NotRecorded {
  readonly kind: 'not-recorded';
  readonly fault: JournalFault;
}

export type RecordResult = { readonly kind: 'recorded'; readonly recorded: Recorded } | NotRecorded;

/** The idempotency key was used before: nothing was written, and what was answered then is still kept. */
export interface Repeated {
  readonly kind: 'repeated';
}

/** `id` is that of the record that says so, `erased` are the numbers of the entries whose details are gone. */
export interface Erasure {
  readonly kind: 'erased';
  readonly id: number;
  readonly erased: readonly number[];
}

/** One name tried for one number, both as keyed hashes. */
export interface NameAttempt {
  readonly subject: Uint8Array;
  readonly name: Uint8Array;
  readonly rule: NameAttemptRule;
}

/**
 * The ledger and the budget behind it. `record` decides the budget under its lock, appends the entry and
 * answers only when both are on disk; a request whose entry was not recorded gets no answer about a person.
 */
export interface Journal extends LedgerReader {
  readonly record: (draft: Draft) => Promise<RecordResult>;
  /** The same, and in the same transaction the answer is kept, unless the budget refuses it. */
  readonly recordAndKeep: (draft: Draft, keep: Keep) => Promise<RecordResult | Repeated>;
  /** What an account was answered under an idempotency key, while it is kept. */
  readonly keptUnder: (account: string, key: Uint8Array) => Promise<Kept | null>;
  /** What an account was answered with a record, while it is kept. */
  readonly keptWith: (account: string, id: number) => Promise<Kept | null>;
  /** Counts a name tried for a number, durably, unless too many were; before the lookup and its entry. */
  readonly tryName: (attempt: NameAttempt) => Promise<NameAttemptDecision | NotRecorded>;
  /** Erases the details of all entries about a subject, and writes the entry that says so. */
  readonly erase: (subject: Uint8Array, draft: Draft) => Promise<Erasure | NotRecorded>;
  /** The number in the ledger of a record, for which it waits a moment; null when it has none by then. */
  readonly numberOf: (account: string, id: number) => Promise<number | null>;
  /** The budget as it stands, for an early refusal; the decision that counts is made by `record`. */
  readonly budget: (account: string, register: RegisterName) => BudgetState | Promise<BudgetState>;
  /** Writes without an entry, to tell whether an entry could be written now. */
  readonly probe: () => Promise<JournalFault | null>;
  /** Why entries that are recorded do not get their place in the tree; null while they do. */
  readonly treeTrouble: () => string | null;
  /** How much of the ledger is signed. */
  readonly signing: () => Promise<SigningState>;
  /**
   * Signs the tree, off the event loop, unless nothing was added or the newest checkpoint is younger than so many ms.
   * What is signed is what is stored: it is read back and hashed again before.
   */
  readonly signTree: (treeKey: TreeKey, youngest: number) => Promise<Signing>;
  /** The time by which blocks begin and end, in ms. */
  readonly now: () => number;
  /** How far the machine's clock has stepped away from that time, in ms; 0 while they agree. */
  readonly clockStep: () => number;
  /** Seals with newer keys from now on. */
  readonly takeKeys: (keys: LedgerKeys) => void;
  readonly close: () => Promise<void>;
}
