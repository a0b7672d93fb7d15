import type { NameAttemptDecision } from '../limits/name-attempts.ts';
import type { EntryOutcome } from './entry.ts';
import type { NameAttempt, NotRecorded } from './journal.ts';
import type { Packed } from './packed.ts';

export type BatchKind = 'cpr-validate' | 'ssn-verify';

/**
 * `running` also while nobody is at work on it; `stopped` can go on, and its reason says when. The others are for
 * good: `finished` has a result for every row, `failed` cannot be read on, `cancelled` was given up.
 */
export type BatchState = 'running' | 'stopped' | 'finished' | 'failed' | 'cancelled';

/** What a job must know beside its rows; sealed where it is kept. */
export interface BatchSettings {
  readonly credential: string;
  /** For the ledger, where a row has no reference of its own. */
  readonly reference: string | null;
  /** What all of its questions are for; null where nobody was asked. */
  readonly purpose: string | null;
  /** Names of the files of a command; null where rows were uploaded. */
  readonly input: string | null;
  readonly output: string | null;
  /** What the rows are written in. */
  readonly format: 'csv' | 'jsonl';
}

/** What a job is found by: everything about it lies with its account. */
export interface BatchName {
  readonly account: string;
  readonly id: string;
}

export interface NewBatch extends BatchName {
  readonly kind: BatchKind;
  /** Unknown numbers that this job may find; the account's own limit holds beside it. */
  readonly maxUnknown: number;
  /** What is read: it must be the same when the job goes on. */
  readonly input: { readonly bytes: number; readonly hash: Uint8Array; readonly rows: number };
  /** What the same command or request finds the job by; null for a job that has only its id. */
  readonly target: Uint8Array | null;
  /** Whether its rows are kept here and servers work on it; else a command does, on a file of its own. */
  readonly isUploaded: boolean;
  readonly settings: BatchSettings;
}

export interface Batch extends NewBatch {
  readonly state: BatchState;
  readonly reason: string | null;
  /** In ms. */
  readonly createdAt: number;
  readonly endedAt: number | null;
  /** When its results and rows were deleted; null while they are kept. */
  readonly forgottenAt: number | null;
  /** Chunks, rows, rows that could not be asked, and unknown numbers so far. */
  readonly chunks: number;
  readonly rows: number;
  readonly errors: number;
  readonly unknown: number;
  /** Where the next row begins: bytes from the start, and its line. */
  readonly offset: number;
  readonly line: number;
}

/** The entries of a chunk, in the order of its rows; a row that could not be asked has none. */
export interface ChunkEntries {
  /** Which row of the chunk each is about. */
  readonly rows: readonly number[];
  readonly outcomes: readonly EntryOutcome[];
  readonly commitments: readonly string[];
  /** Three byte strings each: subject, keyed reference (empty where there is none), details with their salt. */
  readonly parts: Packed;
}

/** What is written instead of a row that finds an unknown number when none may be found any more. */
export interface Refusal {
  readonly row: number;
  readonly result: Uint8Array;
  readonly commitment: string;
  readonly details: Uint8Array;
}

/** Some hundred rows that follow each other, asked and not yet in the ledger. Nothing of it may leave before. */
export interface BatchChunk {
  readonly job: BatchName;
  /** From 0; it must be the next one. */
  readonly number: number;
  /** What all batches of the account may find within 24 hours. */
  readonly accountMaxUnknown: number;
  /** One line of JSON for each row. */
  readonly results: Packed;
  readonly errorRows: readonly number[];
  readonly entries: ChunkEntries;
  /** One for each row with an unknown number. */
  readonly refusals: readonly Refusal[];
  /** Where the row after each one begins. */
  readonly nextOffsets: readonly number[];
  readonly nextLines: readonly number[];
}

export type ChunkResult =
  /** `rows` of it are in the ledger and their results are kept: all, or those up to a refused one. */
  | { readonly kind: 'committed'; readonly rows: number; readonly job: Batch }
  /** Nothing of it was written: the job has ended, or this is not its next chunk. */
  | { readonly kind: 'not-next'; readonly job: Batch | null };

/** A page of jobs, newest first. */
export interface BatchQuery {
  /** Null: of every account. */
  readonly account: string | null;
  /** Leaves out what commands work on. */
  readonly uploadedOnly: boolean;
  /** Only those behind this one, the last of the page before. */
  readonly before: Pick<Batch, 'createdAt' | 'id'> | null;
  readonly limit: number;
}

/** The right to work on a job. It ends by itself, within seconds, when the process that has it is gone. */
export interface BatchClaim {
  readonly release: () => Promise<void>;
}

/**
 * Batch jobs beside the ledger. The entries of a chunk, its results and the job's progress become durable in one
 * transaction, so that a row is in the ledger once, whatever is killed when.
 */
export interface BatchJournal {
  /**
   * Begins a job, unless the newest one of its account with the same target is another than `known` (null: there
   * should be none). Decided in the transaction that writes the job, so that of two who begin at once only one does.
   */
  readonly create: (
    job: NewBatch,
    known: string | null,
  ) => Promise<{ readonly kind: 'created' | 'repeated'; readonly job: Batch } | NotRecorded>;
  readonly commitChunk: (chunk: BatchChunk) => Promise<ChunkResult | NotRecorded>;
  /** Moves a job to another state, if it is in one of `from`; what it is afterwards. */
  readonly turn: (
    job: BatchName,
    from: readonly BatchState[],
    to: BatchState,
    reason: string | null,
  ) => Promise<{ readonly kind: 'turned'; readonly job: Batch | null } | NotRecorded>;
  /** Deletes some of a job's results, the earliest first; whether there are more. Notes the time with the last. */
  readonly forgetResults: (
    job: BatchName,
  ) => Promise<{ readonly kind: 'forgotten'; readonly more: boolean } | NotRecorded>;
  /**
   * Makes sure that one process at a time works on a job; null while another one does. It only spares work: whoever
   * goes on without it, or with one that has lapsed, finds that its chunk is not the next.
   */
  readonly claim: (job: BatchName) => Promise<BatchClaim | null>;
  readonly job: (job: BatchName) => Promise<Batch | null>;
  /** A job of whatever account, for an operator who has only its id. */
  readonly find: (id: string) => Promise<Batch | null>;
  /** The newest job of an account with this target. */
  readonly jobFor: (account: string, target: Uint8Array) => Promise<Batch | null>;
  readonly jobs: (query: BatchQuery) => Promise<readonly Batch[]>;
  /** The uploaded job that servers are to work on now: of those that run, the one that was begun first. */
  readonly next: () => Promise<Batch | null>;
  /** Uploaded jobs that run or wait, and the rows that they still have to do. */
  readonly backlog: () => Promise<{ readonly jobs: number; readonly rows: number }>;
  /** Some uploaded jobs that ended or stopped before a time (ms) and still keep something. */
  readonly lapsed: (endedBefore: number) => Promise<readonly Batch[]>;
  /** Counts the names that the rows of a chunk try, in their order, as `Journal.tryName` does each. */
  readonly tryNames: (
    attempts: readonly NameAttempt[],
  ) => Promise<readonly (NameAttemptDecision | NotRecorded)[]>;
  /** The results of a chunk, a line of JSON for each row; null where there are none, or none any more. */
  readonly results: (job: BatchName, chunk: number) => Promise<Buffer | null>;
  /** Unknown numbers that the batches of an account have found within the last 24 hours. */
  readonly unknownOf: (account: string) => Promise<number>;
  readonly uploads: BatchUploads;
}

/** How many bytes of an upload are sealed together; all pieces but the last have so many. */
export const PIECE_BYTES = 1024 * 1024;

/**
 * Rows as they were uploaded, sealed, in pieces from 0. Beside the ledger and not in it: they come before their job and
 * go when it ends. Failures are thrown: of an upload that could not be kept no job is begun.
 */
export interface BatchUploads {
  /** Durable when it comes back. */
  readonly keep: (job: BatchName, number: number, piece: Uint8Array) => Promise<void>;
  /** Null where there is none, or none any more. */
  readonly piece: (job: BatchName, number: number) => Promise<Buffer | null>;
  readonly forget: (job: BatchName) => Promise<void>;
  /**
   * Deletes uploads that were begun before a time (ms) and that no job that runs or is stopped reads: a server was
   * killed before it began the job, or after its end.
   */
  readonly forgetStrays: (before: number) => Promise<void>;
}
