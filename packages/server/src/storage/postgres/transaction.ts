import type { ClientBase } from 'pg';
import type { Sql } from '../sql.ts';
import { isUndone } from './fault.ts';
import { query, sqlOn } from './session.ts';

/** A transaction that was undone this often meets others on purpose or by design. */
const ATTEMPTS = 5;
const LONGEST_PAUSE_MS = 10;

/**
 * Runs `work` in one transaction, and again from its beginning when the engine undid it to keep concurrent ones
 * apart (a serialisation failure or a deadlock): `work` must not do anything else than ask and return. Statements
 * see what others have committed before each of them, so a row must be locked before what depends on it is read.
 */
export async function transactionOn<T>(client: ClientBase, work: (sql: Sql) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(client, work);
    } catch (error) {
      if (!isUndone(error) || attempt === ATTEMPTS) throw error;
      await new Promise((later) => setTimeout(later, Math.random() * LONGEST_PAUSE_MS));
    }
  }
}

async function once<T>(client: ClientBase, work: (sql: Sql) => Promise<T>): Promise<T> {
  await plain(client, 'begin isolation level read committed');
  let result: T;
  try {
    result = await work(sqlOn(client));
  } catch (error) {
    // What went wrong before says more than a rollback that fails because of it.
    await plain(client, 'rollback').catch(() => undefined);
    throw error;
  }
  // After an error that `work` swallowed the answer to a commit is no error but the word ROLLBACK.
  const command = await plain(client, 'commit');
  if (command !== 'COMMIT') throw new Error('A transaction went on after one of its statements had failed.');
  return result;
}

async function plain(client: ClientBase, text: string): Promise<string> {
  return (await query(client, text)).command;
}
