import { attachForReading, type DatabaseSync, openForReading } from '../../storage/sqlite.ts';
import { type Generations, wholeUnder } from './generations.ts';

/**
 * Opens a generation for reading. A layer is opened with the whole generation that it stands on, and its tables
 * `record` and `road` are views of both, so that whoever reads need not know.
 */
export function openGenerationFile(generations: Generations, generation: string): DatabaseSync {
  const db = openForReading(generations.pathOf(generation));
  const whole = wholeUnder(generation);
  if (whole !== null) {
    attachForReading(db, generations.pathOf(whole), 'whole');
    seeBoth(db, 'main', '');
  }
  return db;
}

/**
 * Lets a draft that is being built see the generation in force, as `held_record` and `held_road`. The name under which
 * its newest file is attached.
 */
export function attachGeneration(
  db: DatabaseSync,
  generations: Generations,
  generation: string,
): 'layer' | 'whole' {
  const whole = wholeUnder(generation);
  attachForReading(db, generations.pathOf(whole ?? generation), 'whole');
  if (whole !== null) {
    attachForReading(db, generations.pathOf(generation), 'layer');
    seeBoth(db, 'layer', 'held_');
    return 'layer';
  }
  for (const { table } of TABLES) {
    db.exec(`create temp view held_${table} as select * from whole.${table}`);
  }
  return 'whole';
}

/** Sealed tables and their keys. A row of a layer hides the one under it; one without bytes was taken away. */
const TABLES = [
  { table: 'record', key: 'subject' },
  { table: 'road', key: 'code' },
] as const;

function seeBoth(db: DatabaseSync, layer: string, prefix: string): void {
  for (const { table, key } of TABLES) {
    db.exec(`
      create temp view ${prefix}${table} as
      select * from ${layer}.${table} where length(sealed) > 0
      union all
      select * from whole.${table} as under
      where not exists (select 1 from ${layer}.${table} as upper where upper.${key} = under.${key})`);
  }
}
