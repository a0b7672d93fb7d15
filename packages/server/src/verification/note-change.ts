import type { Journal, RecordResult } from '../journal/journal.ts';
import { operatorsEntry } from './operators-entry.ts';

/**
 * Writes to the ledger that an operator changes what an account may do: what is changed as its summary, the reason as
 * its context. It is to be written before the change, so that there is no change without an entry. It stands in the CPR
 * register's part of the ledger, as every entry is in one, and concerns no budget.
 */
export function noteChange(
  journal: Pick<Journal, 'record'>,
  account: string,
  what: string,
  reason: string,
): Promise<RecordResult> {
  return journal.record({
    ...operatorsEntry(account, 'cpr'),
    operation: 'change',
    subject: null,
    summary: what,
    context: reason,
    outcome: 'changed',
  });
}
