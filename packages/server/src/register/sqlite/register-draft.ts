import type { Keyring } from '../../storage/keyring.ts';
import { migrate } from '../../storage/migrate.ts';
import { type DatabaseSync, openForBuilding } from '../../storage/sqlite.ts';
import type { RegisterDraft } from '../draft.ts';
import { countOf, RowBatchBuilder, type Subjects, sealedAt, subjectAt } from '../row-batch.ts';
import { lockForChange } from './change-lock.ts';
import { Generations } from './generations.ts';
import { roadNotes } from './roads.ts';
import { REGISTER_MIGRATIONS } from './schema.ts';

/** What a sealed record has about, to begin a batch with. */
const LIKELY_BYTES = 256;
const NOTHING = new Uint8Array();

/** Begins a draft as a copy of the register in force; fails with `import-running` while another is at work. */
export function beginDraft(folder: string, keys: Pick<Keyring, 'register' | 'subject'>): RegisterDraft {
  const generations = new Generations(folder);
  const unlock = lockForChange(folder);
  const db = openForBuilding(generations.beginDraft());
  migrate(db, REGISTER_MIGRATIONS, (work) => work());
  db.exec('begin');
  const select = db.prepare('select sealed from record where subject = ?');
  const remove = db.prepare('delete from record where subject = ?');
  const upsert = db.prepare(
    'insert into record (subject, sealed) values (?, ?) on conflict (subject) do update set sealed = excluded.sealed',
  );
  const noteRoad = roadNotes(db, keys);

  return {
    isEmpty: db.prepare('select 1 from record limit 1').get() === undefined,
    expect: () => Promise.resolve(),
    held(subjects: Subjects) {
      const rows = new RowBatchBuilder(countOf(subjects), countOf(subjects) * LIKELY_BYTES);
      for (let row = 0; row < countOf(subjects); row++) {
        const subject = subjectAt(subjects, row);
        rows.add(subject, (select.get(subject)?.['sealed'] as Uint8Array | undefined) ?? NOTHING);
      }
      return Promise.resolve(rows.finish());
    },
    replace(rows) {
      for (let row = 0; row < rows.ends.length; row++) {
        const subject = subjectAt(rows.subjects, row);
        const sealed = sealedAt(rows, row);
        if (sealed.length === 0) remove.run(subject);
        else upsert.run(subject, sealed);
      }
      return Promise.resolve();
    },
    noteRoads(roads) {
      for (const { code, road } of roads) noteRoad(code, road);
      return Promise.resolve();
    },
    count: (tally) => Promise.resolve(addToTally(db, tally)),
    chainPosition(task) {
      const row = db.prepare('select production_date from chain where task = ?').get(task);
      return Promise.resolve(row === undefined ? null : (row['production_date'] as string));
    },
    moveChain(task, productionDate) {
      db.prepare(`
        insert into chain (task, production_date) values (?, ?)
        on conflict (task) do update set production_date = excluded.production_date`).run(
        task,
        productionDate,
      );
      return Promise.resolve();
    },
    adopt(report, at) {
      db.prepare('insert into import (at, report) values (?, ?)').run(at, JSON.stringify(report));
      db.exec('commit');
      db.close();
      generations.adoptDraft();
      unlock();
      return Promise.resolve();
    },
    discard() {
      if (db.isOpen) db.close();
      generations.discardDraft();
      unlock();
      return Promise.resolve();
    },
  };
}

function addToTally(db: DatabaseSync, tally: ReadonlyMap<string, number>): void {
  const add = db.prepare(`
    insert into tally (key, records) values (?, ?)
    on conflict (key) do update set records = records + excluded.records`);
  for (const [key, records] of tally) add.run(key, records);
}
