import { type CprPerson, isNameAddressProtected } from '../../person/cpr-person.ts';
import { changedFields } from '../cpr-records.ts';
import { type Remark, type RemarkList, Remarks } from './remarks.ts';
import { countOne } from './tally.ts';

export interface CprRemark extends Remark {
  readonly recordType: string;
}

/** What an import of a CPR file did. */
export interface CprImportReport {
  readonly task: string;
  readonly productionDate: string;
  readonly previousProductionDate: string | null;
  readonly records: number;
  readonly persons: number;
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly changedByField: Readonly<Record<string, number>>;
  /** `01 → 90`: how many. */
  readonly statusChanges: Readonly<Record<string, number>>;
  readonly protectionBegun: number;
  readonly protectionEnded: number;
  readonly rejected: RemarkList<CprRemark>;
  readonly warnings: RemarkList<CprRemark>;
}

/** Counts an import while it goes on. */
export class CprReportCounter {
  #new = 0;
  #changed = 0;
  #unchanged = 0;
  #protectionBegun = 0;
  #protectionEnded = 0;
  readonly #changedByField: Record<string, number> = {};
  readonly #statusChanges: Record<string, number> = {};
  readonly #rejected = new Remarks<CprRemark>();
  readonly #warnings = new Remarks<CprRemark>();

  /** Counts a delivered person; tells whether anything changed. */
  person(before: CprPerson | null, after: CprPerson): boolean {
    const wasProtected = before !== null && isNameAddressProtected(before);
    if (!wasProtected && isNameAddressProtected(after)) this.#protectionBegun += 1;
    if (wasProtected && !isNameAddressProtected(after)) this.#protectionEnded += 1;
    if (before === null) {
      this.#new += 1;
      return true;
    }
    const fields = changedFields(before, after);
    for (const field of fields) countOne(this.#changedByField, field);
    if (before.status !== after.status) countOne(this.#statusChanges, `${before.status} → ${after.status}`);
    if (fields.length === 0) this.#unchanged += 1;
    else this.#changed += 1;
    return fields.length > 0;
  }

  rejected({ line, recordType, code }: CprRemark): void {
    this.#rejected.add({ line, recordType, code });
  }

  warning({ line, recordType, code }: CprRemark): void {
    this.#warnings.add({ line, recordType, code });
  }

  finish(
    file: Pick<CprImportReport, 'task' | 'productionDate' | 'previousProductionDate' | 'records'>,
  ): CprImportReport {
    return {
      ...file,
      persons: this.#new + this.#changed + this.#unchanged,
      new: this.#new,
      changed: this.#changed,
      unchanged: this.#unchanged,
      changedByField: this.#changedByField,
      statusChanges: this.#statusChanges,
      protectionBegun: this.#protectionBegun,
      protectionEnded: this.#protectionEnded,
      rejected: this.#rejected,
      warnings: this.#warnings,
    };
  }
}
