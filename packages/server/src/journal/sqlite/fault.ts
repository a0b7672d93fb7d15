import { isFailure } from '../../failure.ts';
import { isFailedSync, isFull, isIoError } from '../../storage/sqlite.ts';
import type { JournalFault } from '../journal.ts';

/** Names what kept a transaction from being committed. */
export function faultOf(error: unknown): JournalFault {
  if (isFailure(error, 'storage-busy')) return 'busy';
  if (isFailedSync(error)) return 'sync';
  if (isFull(error)) return 'full';
  if (isIoError(error)) return 'io';
  return 'other';
}
