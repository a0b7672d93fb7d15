import type { Sql } from '../../storage/sql.ts';
import type { RegisterName } from './state.ts';

/** Deletes the generations after one, which a rollback took out of force. */
export async function deleteAfter(sql: Sql, register: RegisterName, generation: number): Promise<void> {
  for (const text of [
    'delete from register_record where register = $1 and generation > $2',
    'delete from register_road where register = $1 and generation > $2',
    'delete from register_chain where register = $1 and generation > $2',
    'delete from register_tally where register = $1 and generation > $2',
    'delete from register_import where register = $1 and generation > $2',
  ]) {
    await sql.run(text, register, generation);
  }
}

/** Deletes what a generation superseded, and with it the rows that only said that a record was taken away. */
export async function deleteSuperseded(sql: Sql, register: RegisterName, generation: number): Promise<void> {
  for (const text of [
    `delete from register_record as older using register_record as newer
     where newer.register = $1 and newer.generation = $2
       and older.subject = newer.subject and older.register = $1 and older.generation < $2`,
    'delete from register_record where register = $1 and generation = $2 and sealed is null',
    `delete from register_road as older using register_road as newer
     where newer.register = $1 and newer.generation = $2
       and older.code = newer.code and older.register = $1 and older.generation < $2`,
    'delete from register_chain where register = $1 and generation < $2',
    'delete from register_tally where register = $1 and generation < $2',
  ]) {
    await sql.run(text, register, generation);
  }
}
