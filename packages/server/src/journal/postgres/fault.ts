import { type FailureCode, isFailure } from '../../failure.ts';
import type { JournalFault } from '../journal.ts';

const BY_CODE: Partial<Record<FailureCode, JournalFault>> = {
  'database-unreachable': 'gone',
  'database-full': 'full',
  'storage-busy': 'busy',
};

/**
 * Names what kept a transaction from being committed. When the line broke while it was being committed nobody knows
 * whether it was: it counts as not, and an entry without an answer may remain.
 */
export function faultOf(error: unknown): JournalFault {
  if (!isFailure(error)) return 'other';
  return BY_CODE[error.code] ?? 'other';
}
