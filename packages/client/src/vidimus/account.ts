import type { ProvenEntry } from '../proof/proof.ts';

export interface AccountState {
  readonly id: string;
  readonly name: string;
  readonly capabilities: readonly string[];
  readonly limits: {
    readonly requestsPerSecond: number;
    /** Unknown numbers that all batches of the account may find within 24 hours. */
    readonly maxUnknown: number;
  };
  readonly budgets: readonly {
    readonly register: 'cpr';
    readonly failures: number;
    readonly allowed: number;
    readonly remaining: number;
    readonly windowSeconds: number;
    /** Oldest first. */
    readonly slots: readonly { readonly failedAt: string; readonly freeAt: string }[];
    readonly blockedUntil: string | null;
  }[];
}

export interface LedgerRecord {
  /** As in the `recordId` of the answer. */
  readonly id: string;
  readonly at: string;
  readonly surface: string;
  readonly register: 'cpr' | 'ssn';
  readonly operation: string;
  readonly outcome: string;
  readonly failures: number;
  readonly blockedUntil: string | null;
  readonly reference: string | null;
  readonly purpose: string | null;
  readonly context: string | null;
  readonly summary: string | null;
}

export interface RecordFilter {
  readonly reference?: string;
  readonly register?: 'cpr' | 'ssn';
  /** `next` of the page before. */
  readonly cursor?: string;
  /** 1 to 500; 50 by default. */
  readonly limit?: number;
}

export interface RecordPage {
  /** Newest first. */
  readonly records: readonly LedgerRecord[];
  /** Null on the last page. */
  readonly next: string | null;
}

/**
 * For `verifyProof`; `entry`, `leaf` and `proof` as one JSON object are what the stand-alone verifiers take. Compare
 * `vkey` with one that you kept: a proof with a key of its own proves nothing.
 */
export interface RecordProof extends ProvenEntry {
  readonly recordId: string;
  /** The place of the entry in the tree, from 1. */
  readonly entry: number;
  readonly vkey: string;
}

export interface RegisterState {
  readonly register: 'cpr' | 'ssn';
  readonly records: number;
  readonly lastImport: string | null;
  readonly ageSeconds: number | null;
  readonly chain: readonly { readonly task: string; readonly position: string }[];
}
