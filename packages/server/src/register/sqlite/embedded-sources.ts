import { holderOf } from '../../person/ssn-holder.ts';
import type { Keyring } from '../../storage/keyring.ts';
import { CPR_RECORDS } from '../cpr-records.ts';
import type { CprSource, SsnSource } from '../register.ts';
import { SSN_RECORDS } from '../ssn-records.ts';
import { cprSubjectKey, ssnSubjectKey } from '../subject-key.ts';
import { type OpenRegister, openRegister } from './open-register.ts';

type RegisterKeys = Pick<Keyring, 'register' | 'subject'>;
type Embedded = Pick<OpenRegister<unknown>, 'trouble' | 'isEmpty' | 'close'>;

/** The embedded CPR register as a source. */
export async function openCprRegister(
  folder: string,
  keys: RegisterKeys,
  takeNewKeys: () => Promise<void>,
): Promise<CprSource & Embedded> {
  const register = await openRegister(folder, keys, CPR_RECORDS, takeNewKeys);
  return {
    ...register,
    find: (cpr) => Promise.resolve(register.find(cprSubjectKey(keys.subject, cpr))),
    road: (code) => Promise.resolve(register.roads()?.road(code) ?? null),
    roadNames: (postcode) => Promise.resolve(register.roads()?.names(postcode) ?? []),
  };
}

/** The embedded SSN register as a source. */
export async function openSsnRegister(
  folder: string,
  keys: RegisterKeys,
  takeNewKeys: () => Promise<void>,
): Promise<SsnSource & Embedded> {
  const register = await openRegister(folder, keys, SSN_RECORDS, takeNewKeys);
  return {
    ...register,
    find(ssn) {
      const finding = register.find(ssnSubjectKey(keys.subject, ssn));
      return Promise.resolve(
        finding.kind === 'held' ? { kind: 'held', record: holderOf(finding.record) } : finding,
      );
    },
  };
}
