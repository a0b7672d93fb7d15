import type { BudgetUse } from '../limits/budget.ts';

export type RegisterName = 'cpr' | 'ssn';
/** What accounts ask, and what operators do about it. Only the questions concern a budget. */
export const QUESTIONS = ['lookup', 'validate', 'verify'] as const;
/** The rows of batches are outside of the account's budget: they have one of their own. */
export const BATCH_SURFACE = 'batch';
export const BATCH_QUESTIONS = {
  'cpr-validate': { register: 'cpr', operation: 'validate' },
  'ssn-verify': { register: 'ssn', operation: 'verify' },
} as const;
export const OPERATIONS = [...QUESTIONS, 'unlock', 'change', 'report', 'erase'] as const;
export type Operation = (typeof OPERATIONS)[number];

/**
 * What became of a request, as the ledger says it. `blocked` is decided by the journal at commit; every other
 * outcome is the verification's.
 */
export const ENTRY_OUTCOMES = [
  'found',
  'protected',
  'unknown',
  'unavailable',
  'blocked',
  'unlocked',
  'changed',
  'match',
  'partial-match',
  'no-match',
  'deceased',
  'too-many-names',
  'reported',
  'erased',
] as const;
export type EntryOutcome = (typeof ENTRY_OUTCOMES)[number];

/** One request as it is handed to the journal, before the budget has been asked under its lock. */
export interface Draft {
  readonly account: string;
  readonly credential: string;
  readonly surface: string;
  readonly register: RegisterName;
  readonly operation: Operation;
  /** Keyed hash of the number, 16 bytes. */
  readonly subject: Uint8Array | null;
  readonly reference: string | null;
  readonly context: string | null;
  /** What the asker says the question is for; left out where a surface does not ask for it. */
  readonly purpose?: string;
  /** The result in the asker's own terms, without a word of the record: `Verdict=Match, OverallScore=100`. */
  readonly summary: string | null;
  readonly use: BudgetUse;
  readonly outcome: EntryOutcome;
}

/** An answer to be kept in the transaction that writes its entry, so that neither is ever there alone. */
export interface Keep {
  /** The answer as text; it is sealed where it is kept. */
  readonly answer: string;
  /** For how long, in ms. */
  readonly forMs: number;
  /** The caller's idempotency key, scoped and hashed, and the hash of the request that came with it. */
  readonly repeat: { readonly key: Uint8Array; readonly request: Uint8Array } | null;
}

/** An answer that is kept, with the facts of its entry. Times in ms. */
export interface Kept {
  /** Of its record, as in `LedgerRecord`. */
  readonly id: number;
  readonly at: number;
  readonly register: RegisterName;
  readonly operation: Operation;
  /** Failures counted in the window after the entry. */
  readonly failures: number;
  readonly until: number;
  /** The hash of the request, where it came with an idempotency key. */
  readonly request: Uint8Array | null;
  readonly answer: string;
}

/** What the journal decided, after it is durable. `at` is the journal's clock in ms. */
export interface Recorded {
  /** Of its record, as in `LedgerRecord`. */
  readonly id: number;
  readonly at: number;
  readonly verdict:
    | { readonly kind: 'allowed'; readonly failures: number }
    | { readonly kind: 'blocked'; readonly until: number };
}

/**
 * The part of an entry that is hashed into the tree. Personal details are only in it as a salted commitment,
 * so that erasing them leaves every proof valid.
 */
export interface Leaf {
  readonly v: 1;
  readonly at: string;
  readonly account: string;
  readonly credential: string;
  readonly surface: string;
  readonly register: RegisterName;
  readonly operation: Operation;
  readonly outcome: EntryOutcome;
  /** Failures counted in the window after this entry, where the budget was concerned. */
  readonly failures: number;
  readonly blockedUntil: string | null;
  /** SHA-256 of the salted details, base64url. */
  readonly details: string;
  /** Only in an entry `erase`: the numbers of the entries whose details were erased with it. */
  readonly erased?: readonly number[];
}

/** The personal details of an entry, sealed beside the leaf. */
export interface Details {
  /** Subject key in hex. */
  readonly subject: string | null;
  readonly reference: string | null;
  readonly context: string | null;
  readonly summary: string | null;
  /** Only where the asker gave one. */
  readonly purpose?: string;
}
