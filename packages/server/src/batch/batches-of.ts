import { Failure } from '../failure.ts';
import type { BatchJournal } from '../journal/batch-journal.ts';

/** The batches of a house; fails with `batch-unsupported` where its store keeps none. */
export function batchesOf({ batches }: { readonly batches: BatchJournal | null }): BatchJournal {
  if (batches === null) throw new Failure('batch-unsupported', 'Batches need the embedded store so far.');
  return batches;
}
