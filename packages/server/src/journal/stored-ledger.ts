import type { BudgetState } from '../limits/budget.ts';
import type { SealingKeys } from '../storage/sealing.ts';

/** An entry as it lies in the store. */
export interface StoredEntry {
  /** Its number in the ledger, from 1; null while it waits for its place in the tree. */
  readonly entry: number | null;
  /** Its id among the records of its account. */
  readonly id: number;
  /** What its details are sealed for: the row that they must not leave. */
  readonly place: string;
  readonly account: string;
  readonly at: number;
  readonly register: string;
  readonly operation: string;
  readonly subject: Uint8Array | null;
  /** The reference as a keyed hash. */
  readonly reference: Uint8Array | null;
  readonly leaf: Uint8Array;
  readonly hash: Uint8Array;
  /** Sealed; null once they are erased. */
  readonly details: Uint8Array | null;
}

export type NumberedEntry = StoredEntry & { readonly entry: number };

/** What was signed of the tree, and the tree as it was then, encoded. */
export interface StoredCheckpoint {
  readonly size: number;
  readonly frontier: Uint8Array;
  /** The signed note (C2SP tlog-checkpoint), as it stands. */
  readonly note: string;
  readonly at: number;
}

/** What the next decision on an account's budget is made from. */
export interface StoredBudget {
  readonly account: string;
  readonly register: string;
  /** Null where it cannot be read. */
  readonly state: BudgetState | null;
  /** The id of the account's latest entry at that moment; null where all of `atOneMoment` is one moment. */
  readonly through: number | null;
}

/**
 * The ledger as a store holds it, for whoever audits it beside those who write. It gives what lies there and
 * judges nothing. Fails with `ledger-unreadable` where the store is damaged.
 */
export interface StoredLedger {
  /** The tree, encoded, and the time of the latest entry in it; null before the first entry. */
  readonly tree: () => Promise<{ readonly frontier: Uint8Array; readonly clock: number } | null>;
  /** The entries behind one, in their order, some hundred at a time. */
  readonly entriesAfter: (entry: number) => AsyncIterable<readonly NumberedEntry[]>;
  /** The entries of an account behind one of its ids, also those that wait for their place in the tree. */
  readonly laterEntries: (account: string, id: number) => AsyncIterable<readonly StoredEntry[]>;
  readonly entry: (entry: number) => Promise<NumberedEntry | null>;
  /**
   * The roots of some complete subtrees of a kept height that follow each other from `from` (0) on, at most 256; null
   * where one is not kept. At height 0 they are leaf hashes.
   */
  readonly subtreeRoots: (
    height: number,
    from: number,
    count: number,
  ) => Promise<readonly (Uint8Array | null)[]>;
  /** How many subtrees above the leaves are kept of the first `size` entries. */
  readonly keptSubtrees: (size: number) => Promise<number>;
  readonly checkpoints: () => Promise<readonly StoredCheckpoint[]>;
  /** The latest checkpoint of at most this size. */
  readonly checkpointBefore: (size: number) => Promise<StoredCheckpoint | null>;
  /** Unless the newest one, which somebody else may have kept meanwhile, is enough; gives the one that stands. */
  readonly keepCheckpoint: (
    checkpoint: StoredCheckpoint,
    isEnough: (newest: StoredCheckpoint) => boolean,
  ) => Promise<StoredCheckpoint>;
  readonly budgets: () => Promise<readonly StoredBudget[]>;
  /** What the store itself finds wrong with its files or indexes; null when it finds nothing. */
  readonly unsound: () => Promise<string | null>;
  /** Lets `read` see the ledger as it is at one moment, as far as the store can. */
  readonly atOneMoment: <T>(read: () => Promise<T>) => Promise<T>;
  /** How many entries have details that are sealed under an older key. */
  readonly countStale: (keys: SealingKeys) => Promise<number>;
  /**
   * Seals the details of all entries under the newest key, a few hundred at a time beside a serving process; how
   * many there were. Leaves and hashes stay as they are, so that every proof stays good. Killed in the middle, the
   * next call goes on.
   */
  readonly reseal: (keys: SealingKeys, progress: (done: number) => void) => Promise<number>;
  readonly close: () => Promise<void>;
}
