import type { RegisterName } from '../journal/entry.ts';
import type { Erasure, Journal, NotRecorded } from '../journal/journal.ts';
import { operatorsEntry } from './operators-entry.ts';

/**
 * Erases the personal details of every entry about one number. The entries themselves stay in the tree, so that
 * old proofs hold; the erasure is an entry too, with the operator's reason and without the subject.
 */
export function eraseSubject(
  journal: Pick<Journal, 'erase'>,
  operator: string,
  register: RegisterName,
  subject: Uint8Array,
  reason: string,
): Promise<Erasure | NotRecorded> {
  return journal.erase(subject, {
    ...operatorsEntry(operator, register),
    operation: 'erase',
    subject: null,
    context: reason,
    outcome: 'erased',
  });
}
