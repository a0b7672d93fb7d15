import type { RegisterName } from '../journal/entry.ts';
import type { Journal, NotRecorded } from '../journal/journal.ts';
import type { LedgerRecord } from '../journal/records.ts';
import { operatorsEntry } from './operators-entry.ts';

export interface SubjectReport {
  readonly kind: 'reported';
  /** The record that says that this report was made. */
  readonly id: number;
  /** Every question about the number, oldest first. */
  readonly records: readonly LedgerRecord[];
}

/**
 * Everything that the ledger knows of questions about one number, for an answer under GDPR article 15. Making
 * the report is itself written to the ledger, about the same subject.
 */
export async function reportSubject(
  journal: Pick<Journal, 'record' | 'questionsAbout'>,
  operator: string,
  register: RegisterName,
  subject: Uint8Array,
): Promise<SubjectReport | NotRecorded> {
  const records = await journal.questionsAbout(subject);
  const result = await journal.record({
    ...operatorsEntry(operator, register),
    operation: 'report',
    subject,
    context: null,
    outcome: 'reported',
  });
  return result.kind === 'recorded' ? { kind: 'reported', id: result.recorded.id, records } : result;
}
