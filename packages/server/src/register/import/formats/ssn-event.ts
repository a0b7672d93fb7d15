import type { Ssn } from '@vidimus/numbers';
import type { SsnRow } from '../../../person/ssn-holder.ts';
import type { SsnFault } from './ssn-fault.ts';

/** Why one row is refused; what was held on that number stays. */
export type SsnRejection =
  | 'number-unreadable'
  /** Nine digits that SSA never assigns, an ITIN for instance. */
  | 'number-not-issuable'
  | 'name-missing'
  /** A name holds characters that no register writes. */
  | 'text-unreadable'
  | 'date-unreadable'
  /** A CSV row has more or fewer columns than the header. */
  | 'columns-differ'
  /** A Death Master File row ends before its dates do. */
  | 'row-short'
  /** A Death Master File row whose fields do not stand where they should. */
  | 'row-shifted'
  /** Neither blank nor A, C or D stands where a Death Master File row says what it is. */
  | 'change-type-unknown'
  /** The number has so many names already that it cannot be one person's. */
  | 'names-too-many';

/** What an operator should know of and what stops nothing. */
export type SsnWarning =
  /** The file has columns that are not read; said once, at the header. */
  | 'column-ignored'
  /** An impossible date counts as not known. */
  | 'date-impossible'
  /** The Death Master File removes a number that it never delivered. */
  | 'removal-of-unknown';

/**
 * What an SSN file says, in its order. `line` counts from 1 and is the first one of a row. A fault is the last
 * event and refuses the whole file; no event carries personal data but `ssn` (which masks itself) and `row`.
 */
export type SsnEvent =
  /** Replaces the row of the same name, or is one more name of the number. */
  | { readonly kind: 'csv-row'; readonly line: number; readonly ssn: Ssn; readonly row: SsnRow }
  /** Replaces what the Death Master File said of the number. */
  | { readonly kind: 'dmf-row'; readonly line: number; readonly ssn: Ssn; readonly row: SsnRow }
  | { readonly kind: 'dmf-removal'; readonly line: number; readonly ssn: Ssn }
  | { readonly kind: 'rejected'; readonly line: number; readonly code: SsnRejection }
  | { readonly kind: 'warning'; readonly line: number; readonly code: SsnWarning }
  /** The file is complete. `rows`: how many it holds, refused ones included, header and blank lines not. */
  | { readonly kind: 'end'; readonly rows: number }
  | SsnFault;
