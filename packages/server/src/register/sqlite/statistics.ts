import { Failure } from '../../failure.ts';
import { type DatabaseSync, openForReading } from '../../storage/sqlite.ts';
import type { RegisterStatistics } from '../statistics.ts';
import { Generations } from './generations.ts';

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
