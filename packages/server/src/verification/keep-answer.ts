import type { Journal, Repeated } from '../journal/journal.ts';
import type { Recorder } from './record-answer.ts';

/** How an answer is to be kept beside its entry, and for whom to find it. */
export interface KeepWish {
  /** What identifies the number to the asker; kept with the answer, because the number is not. */
  readonly subject: string;
  readonly forMs: number;
  /** The idempotency key, scoped and hashed, with the hash of the request. */
  readonly repeat: { readonly key: Uint8Array; readonly request: Uint8Array } | null;
}

/** What is kept, as it comes back. */
export interface KeptAnswer<A> {
  readonly subject: string;
  readonly answer: A;
}

/**
 * Puts a question so that its answer is kept in the transaction that writes its entry. When the same was asked
 * before under the same key nothing is written, and the outcome says so. Only what the register said is kept: a
 * register that could not be asked may be asked again.
 */
export async function keepAnswer<O>(
  journal: Pick<Journal, 'record' | 'recordAndKeep'>,
  { subject, ...wish }: KeepWish,
  ask: (recorder: Recorder) => Promise<O>,
): Promise<O | Repeated> {
  let repeated: Repeated | null = null;
  const outcome = await ask({
    async record(draft, answer) {
      if (draft.use !== 'hit' && draft.use !== 'miss') return journal.record(draft);
      const kept: KeptAnswer<unknown> = { subject, answer };
      const result = await journal.recordAndKeep(draft, { ...wish, answer: JSON.stringify(kept) });
      if (result.kind !== 'repeated') return result;
      repeated = result;
      return { kind: 'not-recorded', fault: 'stopped' };
    },
  });
  return repeated ?? outcome;
}
