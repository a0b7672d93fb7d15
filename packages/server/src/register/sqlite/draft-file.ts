import { migrate } from '../../storage/migrate.ts';
import { type DatabaseSync, openForBuilding } from '../../storage/sqlite.ts';
import { attachGeneration } from './generation-file.ts';
import type { Generations } from './generations.ts';
import { REGISTER_MIGRATIONS } from './schema.ts';

/** What a generation says about itself; few rows, which every generation has whole. */
const ABOUT = ['chain', 'tally', 'import'] as const;

/**
 * Begins the file of the next generation: its schema and what the one in force says about itself, in a transaction
 * that has begun. Where there is one in force, its records and roads are seen as `held_record` and `held_road`.
 */
export function beginDraftFile(generations: Generations): DatabaseSync {
  const held = generations.current();
  const db = openForBuilding(generations.beginDraft());
  const newest = held === null ? null : attachGeneration(db, generations, held);
  migrate(db, REGISTER_MIGRATIONS, (work) => work());
  db.exec('begin');
  if (newest !== null) {
    for (const table of ABOUT) db.exec(`insert into main.${table} select * from ${newest}.${table}`);
  }
  return db;
}
