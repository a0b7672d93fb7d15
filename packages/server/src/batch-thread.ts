import type { Cpr, Ssn } from '@vidimus/numbers';
import { type AskedRows, askRows } from './batch/ask-rows.ts';
import { namesBy, type ThreadTask } from './batch/asking-pool.ts';
import { registerFolder } from './open-house.ts';
import { CPR_RECORDS } from './register/cpr-records.ts';
import { cprSource, ssnSource } from './register/sources.ts';
import { embeddedRegister } from './register/sqlite/embedded-register.ts';
import { SSN_RECORDS } from './register/ssn-records.ts';
import { cprSubjectKey, ssnNameKey, ssnSubjectKey } from './register/subject-key.ts';
import type { Keyring } from './storage/keyring.ts';

/** They come with the next chunk. */
const NO_NEW_KEYS = (): Promise<void> => Promise.resolve();

/** A thread that asks the registers and compares, for `batch/asking-pool.ts`. It writes nothing. */
let open: Awaited<ReturnType<typeof openRegisters>> | null = null;

async function ask(task: ThreadTask): Promise<AskedRows> {
  open ??= await openRegisters(task.folder, { ...task.keys });
  Object.assign(open.keys, task.keys);
  return askRows({ ...open, nameRule: task.nameRule, tryName: namesBy(task.names) }, task.rows);
}

/** @param keys are looked at with every use, so that they can be exchanged for newer ones */
async function openRegisters(path: string, keys: Keyring) {
  const store = (register: 'cpr' | 'ssn') => embeddedRegister(registerFolder({ path }, register), keys);
  return {
    cpr: cprSource(await store('cpr').open(CPR_RECORDS, NO_NEW_KEYS), keys),
    ssn: ssnSource(await store('ssn').open(SSN_RECORDS, NO_NEW_KEYS), keys),
    keys,
    subjectKeys: {
      cpr: (number: Cpr) => cprSubjectKey(keys.subject, number),
      ssn: (number: Ssn) => ssnSubjectKey(keys.subject, number),
    },
    nameKey: (number: Ssn, name: string) => ssnNameKey(keys.subject, number, name),
  };
}

// The pool runs what a file exports by default.
// oxlint-disable-next-line import/no-default-export
export default ask;
