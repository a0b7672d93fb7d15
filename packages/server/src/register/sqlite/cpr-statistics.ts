import type { CprStatus } from '../../person/status.ts';
import { openForReading } from '../../storage/sqlite.ts';
import { Generations } from './generations.ts';

export interface CprStatistics {
  readonly generation: string;
  readonly persons: number;
  readonly byStatus: readonly {
    readonly status: CprStatus;
    readonly persons: number;
    readonly protected: number;
  }[];
  readonly lastImport: number | null;
  readonly imports: number;
  /** Production date of the last file of each task. */
  readonly chain: readonly { readonly task: string; readonly productionDate: string }[];
  readonly canRollBack: boolean;
}

/** Counts of the register in force without opening a record; null before the first import. */
export function cprStatistics(folder: string): CprStatistics | null {
  const generations = new Generations(folder);
  const generation = generations.current();
  if (generation === null) return null;
  const db = openForReading(generations.pathOf(generation));
  try {
    const byStatus = db
      .prepare(`
        select status, sum(persons) as persons, sum(persons * protected) as protected
        from tally group by status having sum(persons) > 0 order by status`)
      .all() as unknown as CprStatistics['byStatus'];
    const imports = db.prepare('select count(*) as imports, max(at) as at from import').get();
    const chain = db
      .prepare('select task, production_date as productionDate from chain order by task')
      .all() as unknown as CprStatistics['chain'];
    return {
      generation,
      persons: byStatus.reduce((sum, { persons }) => sum + persons, 0),
      byStatus: byStatus.map((row) => ({ ...row })),
      lastImport: (imports?.['at'] as number | null) ?? null,
      imports: imports?.['imports'] as number,
      chain: chain.map((row) => ({ ...row })),
      canRollBack: generations.previous() !== null,
    };
  } finally {
    db.close();
  }
}
