import { Failure } from '../../failure.ts';
import type { CprStatus } from '../../person/status.ts';
import { type DatabaseSync, openForReading } from '../../storage/sqlite.ts';
import { PROTECTED_MARK } from '../cpr-records.ts';
import { Generations } from './generations.ts';

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

/** Statistics of the register in force; null before the first import. Fails with `register-unreadable`. */
export function registerStatistics(folder: string): RegisterStatistics | null {
  const generations = new Generations(folder);
  const generation = generations.current();
  if (generation === null) return null;
  let db: DatabaseSync | null = null;
  try {
    db = openForReading(generations.pathOf(generation));
    const tally = db.prepare('select key, records from tally where records > 0 order by key').all();
    const imports = db.prepare('select count(*) as imports, max(at) as at from import').get();
    const chain = db.prepare('select task, production_date as date from chain order by task').all();
    return {
      generation,
      records: tally.reduce((sum, row) => sum + (row['records'] as number), 0),
      tally: Object.fromEntries(tally.map((row) => [row['key'] as string, row['records'] as number])),
      imports: imports?.['imports'] as number,
      lastImport: (imports?.['at'] as number | null) ?? null,
      chain: chain.map((row) => ({ task: row['task'] as string, productionDate: row['date'] as string })),
      canRollBack: generations.previous() !== null,
    };
  } catch (error) {
    throw new Failure('register-unreadable', undefined, error);
  } finally {
    db?.close();
  }
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
