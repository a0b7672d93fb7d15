import type { Cpr, Ssn } from '@vidimus/numbers';
import { type AskedRows, askRows } from './batch/ask-rows.ts';
import { namesBy, type ThreadTask } from './batch/asking-pool.ts';
import { isFailure } from './failure.ts';
import { registerFolder } from './open-house.ts';
import { CPR_RECORDS } from './register/cpr-records.ts';
import type { RecordKind } from './register/record-kind.ts';
import type { OpenRegister } from './register/register-store.ts';
import { cprSource, ssnSource } from './register/sources.ts';
import { embeddedRegister } from './register/sqlite/embedded-register.ts';
import { SSN_RECORDS } from './register/ssn-records.ts';
import { cprSubjectKey, ssnNameKey, ssnSubjectKey } from './register/subject-key.ts';
import type { Keyring } from './storage/keyring.ts';
import type { DatabaseAddress } from './storage/postgres/address.ts';

/** They come with the next chunk. */
const NO_NEW_KEYS = (): Promise<void> => Promise.resolve();

/** A thread that asks the registers and compares, for `batch/asking-pool.ts`. It writes nothing. */
let open: Awaited<ReturnType<typeof openRegisters>> | null = null;

async function ask(task: ThreadTask): Promise<AskedRows> {
  try {
    open ??= await openRegisters(task, { ...task.keys });
    Object.assign(open.keys, task.keys);
    return await askRows({ ...open, nameRule: task.nameRule, tryName: namesBy(task.names) }, task.rows);
  } catch (error) {
    // A database that has gone comes back: the same rows are asked about again.
    if (isFailure(error, 'database-unreachable') || isFailure(error, 'storage-busy')) {
      return { kind: 'unavailable' };
    }
    throw error;
  }
}

/** @param keys are looked at with every use, so that they can be exchanged for newer ones */
async function openRegisters({ folder, database }: ThreadTask, keys: Keyring) {
  const open = database === null ? embedded(folder, keys) : await inDatabase(database, keys);
  return {
    isRemote: database !== null,
    cpr: cprSource(await open('cpr', CPR_RECORDS), keys),
    ssn: ssnSource(await open('ssn', SSN_RECORDS), keys),
    keys,
    subjectKeys: {
      cpr: (number: Cpr) => cprSubjectKey(keys.subject, number),
      ssn: (number: Ssn) => ssnSubjectKey(keys.subject, number),
    },
    nameKey: (number: Ssn, name: string) => ssnNameKey(keys.subject, number, name),
  };
}

type OpenOne = <T>(register: 'cpr' | 'ssn', kind: RecordKind<T>) => Promise<OpenRegister<T>>;

function embedded(path: string, keys: Keyring): OpenOne {
  return (register, kind) =>
    embeddedRegister(registerFolder({ path }, register), keys).open(kind, NO_NEW_KEYS);
}

/** On connections of its own, so that what a question waits for is not behind the rows of a batch. */
async function inDatabase(address: DatabaseAddress, keys: Keyring): Promise<OpenOne> {
  const { openPostgres } = await import('./storage/postgres/open-postgres.ts');
  const { openPostgresRegister } = await import('./register/postgres/open-register.ts');
  const { gathered } = await import('./register/postgres/read-record.ts');
  const db = await openPostgres(address);
  return (register, kind) => openPostgresRegister(db, register, keys, kind, NO_NEW_KEYS, gathered);
}

// The pool runs what a file exports by default.
// oxlint-disable-next-line import/no-default-export
export default ask;
