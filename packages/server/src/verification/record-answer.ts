import type { Draft } from '../journal/entry.ts';
import type { Journal } from '../journal/journal.ts';
import type { Asker, Purpose } from './request.ts';

export type Recorded<A> =
  | A
  /** The budget had its say when the entry was written. */
  | { readonly kind: 'blocked'; readonly until: number }
  /** The ledger could not be written, so there is no answer. */
  | { readonly kind: 'unrecorded' };

/**
 * The last step of every verification: one durable transaction that re-reads the budget and writes the entry.
 * Only what comes out of here may leave the house.
 */
export async function recordAnswer<A>(
  journal: Pick<Journal, 'record'>,
  asker: Asker,
  purpose: Purpose,
  entry: Pick<Draft, 'register' | 'operation' | 'subject' | 'summary' | 'use' | 'outcome'>,
  answer: A,
): Promise<Recorded<A>> {
  const result = await journal.record({
    account: asker.account,
    credential: asker.credential,
    surface: asker.surface,
    reference: purpose.reference,
    context: purpose.context,
    ...entry,
  });
  if (result.kind === 'not-recorded') return { kind: 'unrecorded' };
  const { verdict } = result.recorded;
  return verdict.kind === 'blocked' ? { kind: 'blocked', until: verdict.until } : answer;
}
