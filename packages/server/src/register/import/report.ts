import { type CprPerson, isNameAddressProtected } from '../../person/cpr-person.ts';
import { changedFields } from '../cpr-records.ts';

/** Something in a file that was refused or is worth a look: where and what, never who. */
export interface Remark {
  readonly line: number;
  readonly recordType: string;
  readonly code: string;
}

/** What an import did. Lists are cut at {@link LONGEST_LIST} remarks; the counts are always whole. */
export interface ImportReport {
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
  readonly rejected: { readonly count: number; readonly lines: readonly Remark[] };
  readonly warnings: { readonly count: number; readonly lines: readonly Remark[] };
}

/** A report that lists every line of a broken ten-million-line file helps nobody and would fill the memory. */
const LONGEST_LIST = 1000;

/** Counts an import while it goes on. */
export class ReportCounter {
  #new = 0;
  #changed = 0;
  #unchanged = 0;
  #protectionBegun = 0;
  #protectionEnded = 0;
  readonly #changedByField: Record<string, number> = {};
  readonly #statusChanges: Record<string, number> = {};
  readonly #rejected: { count: number; lines: Remark[] } = { count: 0, lines: [] };
  readonly #warnings: { count: number; lines: Remark[] } = { count: 0, lines: [] };

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
    for (const field of fields) add(this.#changedByField, field);
    if (before.status !== after.status) add(this.#statusChanges, `${before.status} → ${after.status}`);
    if (fields.length === 0) this.#unchanged += 1;
    else this.#changed += 1;
    return fields.length > 0;
  }

  rejected(remark: Remark): void {
    list(this.#rejected, remark);
  }

  warning(remark: Remark): void {
    list(this.#warnings, remark);
  }

  finish(
    file: Pick<ImportReport, 'task' | 'productionDate' | 'previousProductionDate' | 'records'>,
  ): ImportReport {
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

function add(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

function list(remarks: { count: number; lines: Remark[] }, { line, recordType, code }: Remark): void {
  remarks.count += 1;
  if (remarks.lines.length < LONGEST_LIST) remarks.lines.push({ line, recordType, code });
}
