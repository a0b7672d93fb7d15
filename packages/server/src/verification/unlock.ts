import type { RegisterName } from '../journal/entry.ts';
import type { Journal, RecordResult } from '../journal/journal.ts';
import { operatorsEntry } from './operators-entry.ts';

/**
 * Ends an account's block and forgets the failures counted so far. It is a ledger entry like any request, with
 * the operator's reason as its context.
 */
export function unlock(
  journal: Pick<Journal, 'record'>,
  account: string,
  register: RegisterName,
  reason: string,
): Promise<RecordResult> {
  return journal.record({
    ...operatorsEntry(account, register),
    operation: 'unlock',
    subject: null,
    context: reason,
    outcome: 'unlocked',
  });
}
