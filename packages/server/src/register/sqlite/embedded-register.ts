import type { Keyring } from '../../storage/keyring.ts';
import type { RegisterStore } from '../register-store.ts';
import { openRegister } from './open-register.ts';
import { beginDraft } from './register-draft.ts';
import { countStaleRecords, resealRegister } from './reseal-register.ts';
import { rollBack } from './roll-back.ts';
import { registerStatistics } from './statistics.ts';

/** The register that is kept in a folder, as a row of generations. */
export function embeddedRegister(folder: string, keys: Pick<Keyring, 'register' | 'subject'>): RegisterStore {
  return {
    open: (kind, takeNewKeys) => openRegister(folder, keys, kind, takeNewKeys),
    begin: async () => beginDraft(folder, keys),
    statistics: async () => registerStatistics(folder),
    rollBack: async () => rollBack(folder),
    countStale: async () => countStaleRecords(folder, keys),
    reseal: async () => resealRegister(folder, keys),
  };
}
