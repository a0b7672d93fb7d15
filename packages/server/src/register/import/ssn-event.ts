import type { Ssn } from '@vidimus/numbers';
import type { SsnRow } from '../../person/ssn-holder.ts';

/** Why one row is refused; what was held on that number stays. */
export type SsnRejection =
  | 'number-unreadable'
  | 'number-not-issuable'
  | 'name-missing'
  | 'date-unreadable'
  | 'columns-differ'
  | 'row-shifted';

/** What an operator should know of and what stops nothing. */
export type SsnWarning =
  /** An impossible date counts as not known. */
  | 'date-impossible'
  /** The Death Master File removes a number that it never delivered. */
  | 'removal-of-unknown';

/**
 * What an SSN file says, in its order. `line` counts from 1. A fault is the last event and refuses the whole
 * file; no event carries personal data but `ssn` (which masks itself) and `row`.
 */
export type SsnEvent =
  | { readonly kind: 'csv-row'; readonly line: number; readonly ssn: Ssn; readonly row: SsnRow }
  | { readonly kind: 'dmf-row'; readonly line: number; readonly ssn: Ssn; readonly row: SsnRow }
  | { readonly kind: 'dmf-removal'; readonly line: number; readonly ssn: Ssn }
  | { readonly kind: 'rejected'; readonly line: number; readonly code: SsnRejection }
  | { readonly kind: 'warning'; readonly line: number; readonly code: SsnWarning }
  | { readonly kind: 'end'; readonly rows: number }
  | { readonly kind: 'fault'; readonly line: number; readonly code: string; readonly detail: string };
