import type { Keyring } from '../../storage/keyring.ts';
import { migrate } from '../../storage/migrate.ts';
import { type DatabaseSync, openForBuilding } from '../../storage/sqlite.ts';
import type { RegisterDraft } from '../draft.ts';
import type { RecordKind } from '../record-kind.ts';
import { lockForChange } from './change-lock.ts';
import { Generations } from './generations.ts';
import { roadNotes } from './roads.ts';
import { REGISTER_MIGRATIONS } from './schema.ts';
import { sealRecord, unsealRecord } from './sealed-record.ts';

/** Begins a draft as a copy of the register in force; fails with `import-running` while another is at work. */
export function beginDraft<T>(
  folder: string,
  keys: Pick<Keyring, 'register' | 'subject'>,
  kind: RecordKind<T>,
): RegisterDraft<T> {
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
  const tally = new Map<string, number>();
  const count = (record: T | null, records: number): void => {
    if (record === null) return;
    const key = kind.tallyKey(record);
    tally.set(key, (tally.get(key) ?? 0) + records);
  };

  return {
    find(subject) {
      const row = select.get(subject);
      return row === undefined
        ? null
        : unsealRecord(kind, keys.register, subject, row['sealed'] as Uint8Array);
    },
    put(subject, before, after) {
      if (after === null) remove.run(subject);
      else upsert.run(subject, sealRecord(kind, keys.register, subject, after));
      count(before, -1);
      count(after, 1);
    },
    noteRoad: roadNotes(db, keys),
    chainPosition(task) {
      const row = db.prepare('select production_date from chain where task = ?').get(task);
      return row === undefined ? null : (row['production_date'] as string);
    },
    moveChain(task, productionDate) {
      db.prepare(`
        insert into chain (task, production_date) values (?, ?)
        on conflict (task) do update set production_date = excluded.production_date`).run(
        task,
        productionDate,
      );
    },
    adopt(report, at) {
      writeTally(db, tally);
      db.prepare('insert into import (at, report) values (?, ?)').run(at, JSON.stringify(report));
      db.exec('commit');
      db.close();
      generations.adoptDraft();
      unlock();
    },
    discard() {
      db.close();
      generations.discardDraft();
      unlock();
    },
  };
}

function writeTally(db: DatabaseSync, tally: ReadonlyMap<string, number>): void {
  const add = db.prepare(`
    insert into tally (key, records) values (?, ?)
    on conflict (key) do update set records = records + excluded.records`);
  for (const [key, records] of tally) add.run(key, records);
}
