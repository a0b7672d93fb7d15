import type { Cpr } from '@vidimus/numbers';
import type { CprPerson } from '../../../person/cpr-person.ts';
import type { ExtractFault } from './extract-fault.ts';

/** Why one person of a file is refused. What was held on that number stays. */
export type RejectionCode =
  /** The record's own number is no CPR number. */
  | 'number-unreadable'
  /** A record without a readable number stands beside this person's and may be part of the delivery. */
  | 'neighbour-unreadable'
  | 'status-unknown'
  | 'birth-date-unreadable'
  | 'current-number-unreadable'
  | 'earlier-number-unreadable'
  | 'protection-unreadable'
  /** A numeric code (postcode, municipality, road, country) holds something else than digits. */
  | 'code-unreadable'
  /** A text holds characters that no register writes. */
  | 'text-unreadable';

/** What an operator should know of and what stops nothing. */
export type WarningCode =
  /** A record type that this version does not know was read past. */
  | 'unknown-record-type'
  /** A line is longer than its record; what stands behind it was ignored. */
  | 'overlong-line'
  /** Record 910: CPR refused a line of the customer's own input file. */
  | 'input-refused'
  /** Record 997: a subscription was deleted, so that the person is no longer kept up to date. */
  | 'subscription-ended'
  /** Records came without the person record 001: only what they hold is replaced. */
  | 'partial-delivery'
  /** A record that exists once per person came again; the last one counts. */
  | 'repeated-record'
  /** A date that is not essential cannot be read and counts as not known. */
  | 'date-unreadable'
  | 'sex-unreadable';

/**
 * What a CPR extract says, in the order of the file. `line` counts from 1, blank lines included; in a file without
 * line breaks it is the number of the record. No code or detail carries personal data; `cpr` masks itself. A fault is
 * the last event: the file must be refused whole.
 */
export type ExtractEvent =
  /** Dates are `YYYY-MM-DD`; the previous date is null in the first file of a task. */
  | {
      readonly kind: 'start';
      readonly task: string;
      readonly productionDate: string;
      readonly previousProductionDate: string | null;
    }
  /** A whole delivery: replaces everything held on the number. `line` is its first record's. */
  | { readonly kind: 'person'; readonly line: number; readonly cpr: Cpr; readonly person: CprPerson }
  /** A delivery without record 001: replaces the named groups and leaves the others. */
  | {
      readonly kind: 'partial';
      readonly line: number;
      readonly cpr: Cpr;
      readonly groups: Partial<CprPerson>;
    }
  | {
      readonly kind: 'rejected';
      readonly line: number;
      readonly recordType: string;
      readonly code: RejectionCode;
    }
  | {
      readonly kind: 'warning';
      readonly line: number;
      readonly recordType: string;
      readonly code: WarningCode;
    }
  /** The file is complete. `records` is counted as CPR does, without 000 and 999; `changeEvents`: any 099 came. */
  | { readonly kind: 'end'; readonly records: number; readonly changeEvents: boolean }
  | ExtractFault;
