import { join } from 'node:path';
import type { Cpr } from '@vidimus/numbers';
import { Failure } from '../../failure.ts';
import { type CprPerson, isNameAddressProtected } from '../../person/cpr-person.ts';
import { takeExclusiveLock } from '../../storage/exclusive-lock.ts';
import type { Keyring } from '../../storage/keyring.ts';
import { migrate } from '../../storage/migrate.ts';
import { seal, unseal } from '../../storage/sealing.ts';
import { openForBuilding } from '../../storage/sqlite.ts';
import { decodeCprRecord, encodeCprRecord } from '../cpr-record.ts';
import { cprSubjectKey } from '../subject-key.ts';
import { Generations } from './generations.ts';
import { personPlace } from './open-cpr-register.ts';
import { CPR_REGISTER_MIGRATIONS } from './schema.ts';

/** The next generation of the CPR register while an import fills it. Nobody sees it before `adopt`. */
export interface CprDraft {
  find(cpr: Cpr): CprPerson | null;
  put(cpr: Cpr, before: CprPerson | null, after: CprPerson): void;
  chainPosition(task: string): string | null;
  /** Writes chain position and report, makes everything durable and puts the draft in force. */
  adopt(task: string, productionDate: string, report: object, at: number): void;
  discard(): void;
}

/** Begins a draft as a copy of the register in force; fails with `import-running` while another one is at work. */
export function beginCprDraft(folder: string, keyring: Pick<Keyring, 'register' | 'subject'>): CprDraft {
  const generations = new Generations(folder);
  const unlock = takeExclusiveLock(join(folder, 'import.lock'));
  if (unlock === null) throw new Failure('import-running');
  const db = openForBuilding(generations.beginDraft());
  migrate(db, CPR_REGISTER_MIGRATIONS, (work) => work());
  db.exec('begin');
  const select = db.prepare('select record from person where subject = ?');
  const upsert = db.prepare(
    'insert into person (subject, record) values (?, ?) on conflict (subject) do update set record = excluded.record',
  );
  const tally = new Map<string, number>();

  function count(person: CprPerson, persons: number): void {
    const key = `${person.status} ${isNameAddressProtected(person) ? 1 : 0}`;
    tally.set(key, (tally.get(key) ?? 0) + persons);
  }

  function end(): void {
    db.close();
    generations.discardDraft();
    unlock?.();
  }

  return {
    find(cpr) {
      const subject = cprSubjectKey(keyring.subject, cpr);
      const row = select.get(subject);
      if (row === undefined) return null;
      return decodeCprRecord(unseal(keyring.register, personPlace(subject), row['record'] as Uint8Array));
    },
    put(cpr, before, after) {
      const subject = cprSubjectKey(keyring.subject, cpr);
      upsert.run(subject, seal(keyring.register, personPlace(subject), encodeCprRecord(after)));
      if (before !== null) count(before, -1);
      count(after, 1);
    },
    chainPosition(task) {
      const row = db.prepare('select production_date from chain where task = ?').get(task);
      return row === undefined ? null : (row['production_date'] as string);
    },
    adopt(task, productionDate, report, at) {
      writeTally(db, tally);
      db.prepare(`
        insert into chain (task, production_date) values (?, ?)
        on conflict (task) do update set production_date = excluded.production_date`).run(
        task,
        productionDate,
      );
      db.prepare('insert into import (at, report) values (?, ?)').run(at, JSON.stringify(report));
      db.exec('commit');
      db.close();
      generations.adoptDraft();
      unlock();
    },
    discard: end,
  };
}

function writeTally(db: ReturnType<typeof openForBuilding>, tally: ReadonlyMap<string, number>): void {
  const add = db.prepare(`
    insert into tally (status, protected, persons) values (?, ?, ?)
    on conflict (status, protected) do update set persons = persons + excluded.persons`);
  for (const [key, persons] of tally) {
    const [status = '', isProtected = '0'] = key.split(' ');
    add.run(status, Number(isProtected), persons);
  }
}
