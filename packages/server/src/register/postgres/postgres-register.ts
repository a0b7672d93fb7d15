import { Failure } from '../../failure.ts';
import type { Postgres } from '../../storage/database.ts';
import { migrate } from '../../storage/postgres/migrate.ts';
import type { RegisterStore } from '../register-store.ts';
import type { RoadKeys } from '../sealed-road.ts';
import { openPostgresRegister } from './open-register.ts';
import { beginPostgresDraft } from './register-draft.ts';
import { countStaleRows, resealRows } from './reseal-register.ts';
import { REGISTER_SCHEMA } from './schema.ts';
import { lockState, makeState, type RegisterName } from './state.ts';
import { postgresStatistics } from './statistics.ts';

/** Makes or brings up to date the tables of both registers. */
export function makeRegisterTables(db: Postgres): Promise<void> {
  return migrate(db, REGISTER_SCHEMA);
}

/** A register that is kept in a database, for all processes on it. */
export function postgresRegister(db: Postgres, register: RegisterName, keys: RoadKeys): RegisterStore {
  return {
    open: (kind, takeNewKeys) => openPostgresRegister(db, register, keys, kind, takeNewKeys),
    begin: () => beginPostgresDraft(db, register, keys),
    statistics: () => postgresStatistics(db, register),
    rollBack: () => rollBack(db, register),
    countStale: () => db.unhurried((line) => countStaleRows(line, register, keys)),
    reseal: () => resealRows(db, register, keys),
  };
}

async function rollBack(db: Postgres, register: RegisterName): Promise<void> {
  await makeState(db, register);
  await db.transaction(async (sql) => {
    const { previous } = await lockState(sql, register);
    if (previous === null) throw new Failure('rollback-impossible');
    await sql.run(
      'update register_state set generation = $2, previous = null where register = $1',
      register,
      previous,
    );
  });
}
