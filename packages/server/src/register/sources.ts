import type { CprPerson } from '../person/cpr-person.ts';
import type { SsnRecord } from '../person/ssn-holder.ts';
import { holderOf } from '../person/ssn-holder.ts';
import type { Keyring } from '../storage/keyring.ts';
import type { CprSource, SsnSource } from './register.ts';
import type { OpenRegister } from './register-store.ts';
import { cprSubjectKey, ssnSubjectKey } from './subject-key.ts';

type Kept = Pick<OpenRegister<unknown>, 'trouble' | 'isEmpty' | 'close'>;
export type KeptCprSource = CprSource & Kept;
export type KeptSsnSource = SsnSource & Kept;

/** A register of CPR records as a source. */
export function cprSource(register: OpenRegister<CprPerson>, keys: Pick<Keyring, 'subject'>): KeptCprSource {
  return {
    ...register,
    find: (cpr) => Promise.resolve(register.find(cprSubjectKey(keys.subject, cpr))),
    road: (code) => Promise.resolve(register.road(code)),
    roadNames: (postcode) => Promise.resolve(register.roadNames(postcode)),
  };
}

/** A register of SSN records as a source. */
export function ssnSource(register: OpenRegister<SsnRecord>, keys: Pick<Keyring, 'subject'>): KeptSsnSource {
  return {
    ...register,
    async find(ssn) {
      const finding = await register.find(ssnSubjectKey(keys.subject, ssn));
      return finding.kind === 'held' ? { kind: 'held', record: holderOf(finding.record) } : finding;
    },
  };
}
