import type { Draft } from '../journal/entry.ts';
import type { RecordResult } from '../journal/journal.ts';
import type { Asker, Purpose } from './request.ts';

/** Writes an entry; `answer` is what will be answered once it is written. */
export interface Recorder {
  record(draft: Draft, answer: unknown): Promise<RecordResult>;
}

/** The record that was written before the answer. `at` in ms; `failures` count in the window after it. */
export interface Receipt {
  readonly id: number;
  readonly at: number;
  readonly failures: number;
}

export type Recorded<A> =
  | (A & { readonly receipt: Receipt })
  /** The budget had its say when the entry was written. */
  | { readonly kind: 'blocked'; readonly until: number }
  /** The ledger could not be written, so there is no answer. */
  | { readonly kind: 'unrecorded' };

/**
 * The last step of every verification: one durable transaction that re-reads the budget and writes the entry.
 * Only what comes out of here may leave the house.
 */
export async function recordAnswer<A>(
  journal: Recorder,
  asker: Asker,
  purpose: Purpose,
  entry: Pick<Draft, 'register' | 'operation' | 'subject' | 'summary' | 'use' | 'outcome'>,
  answer: A,
): Promise<Recorded<A>> {
  const draft = {
    account: asker.account,
    credential: asker.credential,
    surface: asker.surface,
    ...purpose,
    ...entry,
  };
  const result = await journal.record(draft, answer);
  if (result.kind === 'not-recorded') return { kind: 'unrecorded' };
  const { verdict, id, at } = result.recorded;
  return verdict.kind === 'blocked'
    ? { kind: 'blocked', until: verdict.until }
    : { ...answer, receipt: { id, at, failures: verdict.failures } };
}
