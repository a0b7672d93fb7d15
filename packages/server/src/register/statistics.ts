import type { CprStatus } from '../person/status.ts';
import { PROTECTED_MARK } from './cpr-records.ts';

/** What is known of a register without opening a record. */
export interface RegisterStatistics {
  readonly generation: string;
  readonly records: number;
  readonly tally: Readonly<Record<string, number>>;
  readonly imports: number;
  /** In ms; null in a register that only was rolled back to nothing. */
  readonly lastImport: number | null;
  /** Production date of the last file of each task. */
  readonly chain: readonly { readonly task: string; readonly productionDate: string }[];
  readonly canRollBack: boolean;
}

export interface StatusCount {
  readonly status: CprStatus;
  readonly persons: number;
  readonly protected: number;
}

/** The CPR register's tally by status. */
export function countsByStatus(tally: RegisterStatistics['tally']): StatusCount[] {
  const counts = new Map<CprStatus, StatusCount>();
  for (const [key, records] of Object.entries(tally)) {
    const status = key.replace(PROTECTED_MARK, '') as CprStatus;
    const before = counts.get(status) ?? { status, persons: 0, protected: 0 };
    counts.set(status, {
      status,
      persons: before.persons + records,
      protected: before.protected + (key.endsWith(PROTECTED_MARK) ? records : 0),
    });
  }
  return [...counts.values()].sort((a, b) => a.status.localeCompare(b.status));
}
