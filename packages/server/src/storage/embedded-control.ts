import { join } from 'node:path';
import type { ControlStore } from './control.ts';
import { CONTROL_MIGRATIONS } from './control-schema.ts';
import type { Row, Sql, SqlValue } from './sql.ts';
import {
  beginImmediately,
  commit,
  type DatabaseSync,
  openShared,
  rollBack,
  type StatementSync,
} from './sqlite.ts';

export const CONTROL_FILE = 'control.db';

/** Opens `control.db` of a data folder, and makes it on first use. */
export function openControlFile(folder: string): DatabaseSync {
  return openShared(join(folder, CONTROL_FILE), CONTROL_MIGRATIONS);
}

/**
 * Control data in the data folder. There is one connection, so that everybody takes turns on it: who asked while a
 * transaction is open would see what may yet be undone.
 */
export function openEmbeddedControl(folder: string): ControlStore {
  const db = openControlFile(folder);
  const sql = sqlOn(db);
  let last: Promise<unknown> = Promise.resolve();

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  }

  async function transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    beginImmediately(db);
    try {
      const result = await work(sql);
      commit(db);
      return result;
    } catch (error) {
      rollBack(db);
      throw error;
    }
  }

  return {
    all: (...given) => inTurn(() => sql.all(...given)),
    get: (...given) => inTurn(() => sql.get(...given)),
    // What changes something waits for other processes, which a statement by itself does not.
    run: (...given) => inTurn(() => transaction((inside) => inside.run(...given))),
    exclusively: (work) => inTurn(() => transaction(work)),
    close: () => inTurn(async () => db.close()),
  };
}

/** Statements on one connection, each prepared once. */
function sqlOn(db: DatabaseSync): Sql {
  const prepared = new Map<string, StatementSync>();
  function statement(text: string): StatementSync {
    let found = prepared.get(text);
    if (found === undefined) {
      // Numbered parameters are `?1` here and `$1` everywhere else.
      found = db.prepare(text.replace(/\$(\d+)/g, '?$1'));
      prepared.set(text, found);
    }
    return found;
  }
  return {
    all: async (text, ...given) => statement(text).all(...given) as Row[],
    get: async (text, ...given) => statement(text).get(...given) as Row | undefined,
    run: async (text, ...given: SqlValue[]) => Number(statement(text).run(...given).changes),
  };
}
