import type { Cpr, Ssn } from '@vidimus/numbers';

export type BatchState = 'queued' | 'running' | 'stopped' | 'finished' | 'failed' | 'cancelled';

/** A batch as it stands. Times are ISO 8601. */
export interface Batch {
  readonly id: string;
  readonly register: 'cpr' | 'ssn';
  /** `stopped` can go on, and `reason` says when; `finished` has a result for every row. */
  readonly state: BatchState;
  readonly reason: string | null;
  readonly reference: string;
  readonly purpose: string;
  readonly format: 'csv' | 'jsonl';
  readonly rows: number;
  readonly done: number;
  /** Rows among those done that could not be asked about. */
  readonly errors: number;
  readonly unknown: number;
  readonly maxUnknown: number;
  /** Null while nobody works on it. */
  readonly rowsPerSecond: number | null;
  readonly secondsLeft: number | null;
  readonly createdAt: string;
  readonly endedAt: string | null;
  /** When its results will be deleted; null before its end and after that. */
  readonly keptUntil: string | null;
  readonly forgottenAt: string | null;
  readonly links: { readonly self: string; readonly results: string };
}

export interface BatchFilter {
  /** `next` of the page before. */
  readonly cursor?: string;
  /** 1 to 500; 50 by default. */
  readonly limit?: number;
}

export interface BatchPage {
  /** Newest first. */
  readonly batches: readonly Batch[];
  readonly next: string | null;
}

interface Row {
  /** Yours; it comes back with the result. */
  readonly externalReference?: string;
  readonly context?: string;
}

/** What a customer typed, to be validated. */
export interface BatchedCprRow extends Row {
  readonly cpr: Cpr | string;
  readonly firstNames: string;
  readonly lastName: string;
  readonly street: string;
  readonly houseNumber: string;
  readonly floor?: string;
  readonly door?: string;
  readonly postalCode: string;
  readonly city: string;
  /** `YYYY-MM-DD` */
  readonly dateOfBirth: string;
}

export interface BatchedSsnRow extends Row {
  readonly ssn: Ssn | string;
  readonly firstName: string;
  readonly lastName: string;
}

export interface RowField {
  /** From 0 to 100. */
  readonly score: number;
  readonly match: boolean;
  readonly comment: string | null;
}

/** What became of a row. */
export type BatchResult = {
  /** From 1. */
  readonly row: number;
  /** Where the row begins in what was uploaded, from 1. */
  readonly line: number;
  /** The row's own. */
  readonly reference: string | null;
} & (
  | {
      readonly outcome: 'validated';
      readonly verdict: 'Match' | 'PartialMatch' | 'NoMatch' | 'NotFound';
      readonly overallScore: number;
      readonly name: RowField;
      readonly address: RowField;
      readonly dateOfBirth: RowField;
      readonly risk: { readonly level: 'Low' | 'Medium' | 'High'; readonly reasons: readonly string[] };
    }
  | {
      readonly outcome: 'verified';
      readonly ssnMatch: 'fullMatch' | 'partialMatch' | 'noMatch' | 'deceased' | 'notFound' | 'invalidFormat';
    }
  /** Asked, in the ledger, and not answered. */
  | { readonly outcome: 'refused'; readonly code: 'too-many-unknown' | 'too-many-names' }
  /** Nobody was asked about it; `field` is the column that is wrong, where it is one. */
  | { readonly outcome: 'error'; readonly code: string; readonly field: string | null }
);

type Untold<R> = R extends { readonly outcome: string } ? Omit<R, 'outcome'> : never;

/** A line of the results, with its outcome said. */
export function resultOf(line: string): BatchResult {
  const result = JSON.parse(line) as Untold<BatchResult> & {
    readonly verdict?: string;
    readonly ssnMatch?: string;
    readonly refused?: 'too-many-unknown' | 'too-many-names';
    readonly error?: { readonly code: string; readonly field?: string };
  };
  const { row, line: at, reference, refused, error } = result;
  if (refused !== undefined) return { row, line: at, reference, outcome: 'refused', code: refused };
  if (error !== undefined) {
    return { row, line: at, reference, outcome: 'error', code: error.code, field: error.field ?? null };
  }
  const outcome = result.verdict === undefined ? 'verified' : 'validated';
  return { ...result, outcome } as BatchResult;
}
