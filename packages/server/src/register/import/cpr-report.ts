import { type CprPerson, isNameAddressProtected } from '../../person/cpr-person.ts';
import { changedFields } from '../cpr-records.ts';
import { type Remark, type RemarkList, Remarks } from './remarks.ts';
import { addCounts, countOne } from './tally.ts';

export interface CprRemark extends Remark {
  readonly recordType: string;
}

/** What an import of a CPR file did to persons. */
export interface CprCounts {
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly changedByField: Readonly<Record<string, number>>;
  /** `01 → 90`: how many. */
  readonly statusChanges: Readonly<Record<string, number>>;
  readonly protectionBegun: number;
  readonly protectionEnded: number;
  readonly rejected: RemarkList<CprRemark>;
}

/** What an import of a CPR file did. */
export interface CprImportReport extends CprCounts {
  readonly task: string;
  readonly productionDate: string;
  readonly previousProductionDate: string | null;
  readonly records: number;
  readonly persons: number;
  readonly warnings: RemarkList<CprRemark>;
}

/** Counts an import while it goes on. */
export class CprReportCounter {
  readonly #sums = { new: 0, changed: 0, unchanged: 0, protectionBegun: 0, protectionEnded: 0 };
  readonly #changedByField: Record<string, number> = {};
  readonly #statusChanges: Record<string, number> = {};
  readonly #rejected = new Remarks<CprRemark>();

  newPerson(isProtected: boolean): void {
    this.#sums.new += 1;
    if (isProtected) this.#sums.protectionBegun += 1;
  }

  samePerson(): void {
    this.#sums.unchanged += 1;
  }

  /** Counts a person who is held and was delivered; tells whether anything changed. */
  person(before: CprPerson, after: CprPerson): boolean {
    const [wasProtected, isProtected] = [isNameAddressProtected(before), isNameAddressProtected(after)];
    if (!wasProtected && isProtected) this.#sums.protectionBegun += 1;
    if (wasProtected && !isProtected) this.#sums.protectionEnded += 1;
    const fields = changedFields(before, after);
    for (const field of fields) countOne(this.#changedByField, field);
    if (before.status !== after.status) countOne(this.#statusChanges, `${before.status} → ${after.status}`);
    this.#sums[fields.length === 0 ? 'unchanged' : 'changed'] += 1;
    return fields.length > 0;
  }

  rejected({ line, recordType, code }: CprRemark): void {
    this.#rejected.add({ line, recordType, code });
  }

  /** Adds what was counted for a part of the file. */
  add(counts: CprCounts): void {
    const { changedByField, statusChanges, rejected, ...sums } = counts;
    addCounts(this.#sums, sums);
    addCounts(this.#changedByField, changedByField);
    addCounts(this.#statusChanges, statusChanges);
    this.#rejected.addAll(rejected, 0);
  }

  addRejected(rejected: RemarkList<CprRemark>, linesBefore: number): void {
    this.#rejected.addAll(rejected, linesBefore);
  }

  counts(): CprCounts {
    return {
      ...this.#sums,
      changedByField: this.#changedByField,
      statusChanges: this.#statusChanges,
      rejected: this.#rejected.list(),
    };
  }
}
