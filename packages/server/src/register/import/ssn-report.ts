import { holderOf, type SsnRecord } from '../../person/ssn-holder.ts';
import type { SsnRejection, SsnWarning } from './formats/ssn-event.ts';
import { type Remark, type RemarkList, Remarks } from './remarks.ts';
import { changesBetween } from './ssn-parts.ts';
import { addCounts, countOne } from './tally.ts';

/** What an import of an SSN file did to numbers. */
export interface SsnCounts {
  /** Numbers that were not held. */
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Numbers that are no longer held. */
  readonly removed: number;
  /** `name`, `alias` (one more name), `birthDate`, `deathDate`, `deathMasterFile` (came or went): how many. */
  readonly changedByField: Readonly<Record<string, number>>;
  /** Holders that were living and are reported dead now. */
  readonly deathsBegun: number;
  /** Holders that were reported dead and are living now. */
  readonly deathsEnded: number;
  readonly rejected: RemarkList<Remark>;
  readonly warnings: RemarkList<Remark>;
}

/**
 * What an import of an SSN file did, counted by rows: `rows` are `new`, `changed`, `unchanged`, `removed` and
 * `rejected.count` together. A second name of a new number is a change of it.
 */
export interface SsnImportReport extends SsnCounts {
  /** Rows of the file, without header and blank lines. */
  readonly rows: number;
}

/** Counts an import while it goes on. */
export class SsnReportCounter {
  readonly #sums = { new: 0, changed: 0, unchanged: 0, removed: 0, deathsBegun: 0, deathsEnded: 0 };
  readonly #changedByField: Record<string, number> = {};
  readonly #rejected = new Remarks<Remark>();
  readonly #warnings = new Remarks<Remark>();

  /** Counts what a row made of a number; tells whether anything changed. */
  row(before: SsnRecord | null, after: SsnRecord | null): boolean {
    if (before === null || after === null) {
      if (before === after) this.#sums.unchanged += 1;
      else this.#sums[before === null ? 'new' : 'removed'] += 1;
      return before !== after;
    }
    const changes = changesBetween(before, after);
    for (const change of changes) countOne(this.#changedByField, change);
    const wasDeceased = holderOf(before).isDeceased;
    const isDeceased = holderOf(after).isDeceased;
    if (!wasDeceased && isDeceased) this.#sums.deathsBegun += 1;
    if (wasDeceased && !isDeceased) this.#sums.deathsEnded += 1;
    this.#sums[changes.length === 0 ? 'unchanged' : 'changed'] += 1;
    return changes.length > 0;
  }

  rejected({ line, code }: Remark & { readonly code: SsnRejection }): void {
    this.#rejected.add({ line, code });
  }

  warning({ line, code }: Remark & { readonly code: SsnWarning }): void {
    this.#warnings.add({ line, code });
  }

  /** Adds what was counted for a part of the file. */
  add({ changedByField, rejected, warnings, ...sums }: SsnCounts): void {
    addCounts(this.#sums, sums);
    addCounts(this.#changedByField, changedByField);
    this.#rejected.addAll(rejected, 0);
    this.#warnings.addAll(warnings, 0);
  }

  counts(): SsnCounts {
    return {
      ...this.#sums,
      changedByField: this.#changedByField,
      rejected: this.#rejected.list(),
      warnings: this.#warnings.list(),
    };
  }
}
