import { holderOf, type SsnRecord } from '../../person/ssn-holder.ts';
import type { SsnRejection, SsnWarning } from './formats/ssn-event.ts';
import { type Remark, type RemarkList, Remarks } from './remarks.ts';
import { changesBetween } from './ssn-parts.ts';
import { countOne } from './tally.ts';

/**
 * What an import of an SSN file did, counted by rows: `rows` are `new`, `changed`, `unchanged`, `removed` and
 * `rejected.count` together. A second name of a new number is a change of it.
 */
export interface SsnImportReport {
  /** Rows of the file, without header and blank lines. */
  readonly rows: number;
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

/** Counts an import while it goes on. */
export class SsnReportCounter {
  #new = 0;
  #changed = 0;
  #unchanged = 0;
  #removed = 0;
  #deathsBegun = 0;
  #deathsEnded = 0;
  readonly #changedByField: Record<string, number> = {};
  readonly #rejected = new Remarks<Remark>();
  readonly #warnings = new Remarks<Remark>();

  /** Counts what a row made of a number; tells whether anything changed. */
  row(before: SsnRecord | null, after: SsnRecord | null): boolean {
    if (before === null || after === null) {
      if (before === after) this.#unchanged += 1;
      else if (before === null) this.#new += 1;
      else this.#removed += 1;
      return before !== after;
    }
    const changes = changesBetween(before, after);
    for (const change of changes) countOne(this.#changedByField, change);
    const wasDeceased = holderOf(before).isDeceased;
    const isDeceased = holderOf(after).isDeceased;
    if (!wasDeceased && isDeceased) this.#deathsBegun += 1;
    if (wasDeceased && !isDeceased) this.#deathsEnded += 1;
    if (changes.length === 0) this.#unchanged += 1;
    else this.#changed += 1;
    return changes.length > 0;
  }

  rejected({ line, code }: Remark & { readonly code: SsnRejection }): void {
    this.#rejected.add({ line, code });
  }

  warning({ line, code }: Remark & { readonly code: SsnWarning }): void {
    this.#warnings.add({ line, code });
  }

  finish(rows: number): SsnImportReport {
    return {
      rows,
      new: this.#new,
      changed: this.#changed,
      unchanged: this.#unchanged,
      removed: this.#removed,
      changedByField: this.#changedByField,
      deathsBegun: this.#deathsBegun,
      deathsEnded: this.#deathsEnded,
      rejected: this.#rejected,
      warnings: this.#warnings,
    };
  }
}
