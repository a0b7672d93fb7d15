import type { BudgetState } from '../limits/budget.ts';
import type { Draft, Recorded, RegisterName } from './entry.ts';

/** Why an entry could not be made durable. */
export type JournalFault = 'busy' | 'full' | 'io' | 'sync' | 'stopped' | 'slow' | 'other';

export type RecordResult =
  | { readonly kind: 'recorded'; readonly recorded: Recorded }
  | { readonly kind: 'not-recorded'; readonly fault: JournalFault };

/**
 * The ledger and the budget behind it. `record` decides the budget under its lock, appends the entry and
 * answers only when both are on disk; a request whose entry was not recorded gets no answer about a person.
 */
export interface Journal {
  readonly record: (draft: Draft) => Promise<RecordResult>;
  /** The budget as it stands, for an early refusal; the decision that counts is made by `record`. */
  readonly budget: (account: string, register: RegisterName) => BudgetState;
  /** Writes without an entry, to tell whether an entry could be written now. */
  readonly probe: () => Promise<JournalFault | null>;
  readonly close: () => Promise<void>;
}
