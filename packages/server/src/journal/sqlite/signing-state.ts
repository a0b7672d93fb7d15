import type { DatabaseSync } from '../../storage/sqlite.ts';
import type { SigningState } from '../signing.ts';

/** How much of the ledger is signed; reads two rows. */
export function signingState(db: DatabaseSync): SigningState {
  const entries = db.prepare('select max(id) as entries from entry').get()?.['entries'];
  const newest = db.prepare('select size, at from checkpoint order by size desc limit 1').get();
  return {
    entries: (entries as number | null | undefined) ?? 0,
    newest: (newest as SigningState['newest'] | undefined) ?? null,
  };
}
