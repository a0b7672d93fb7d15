import { join } from 'node:path';
import { type AccountBook, openAccountBook } from './accounts/account-book.ts';
import type { Config } from './config/load.ts';
import type { Journal } from './journal/journal.ts';
import { openJournal } from './journal/sqlite/open-journal.ts';
import { type EmbeddedCprRegister, openCprRegister } from './register/sqlite/open-cpr-register.ts';
import { cprSubjectKey } from './register/subject-key.ts';
import { type DataFolder, openDataFolder } from './storage/data-folder.ts';
import { type LookUpOutcome, type LookUpRequest, lookUp } from './verification/look-up.ts';

/** Where the register of a data folder lives. */
export function cprRegisterFolder(folder: Pick<DataFolder, 'path'>): string {
  return join(folder.path, 'registers', 'cpr');
}

/** Opens the data folder that the configuration names, as what it is or as the sandbox when that was asked for. */
export function openFolder(config: Config, clock: () => number): DataFolder {
  return openDataFolder(config.data, config.keyFile, config.sandbox ? 'sandbox' : null, clock());
}

/** The domain's parts on one data folder, for the server and for commands alike. */
export interface House {
  readonly folder: DataFolder;
  readonly accounts: AccountBook;
  readonly register: EmbeddedCprRegister;
  readonly journal: Journal;
  lookUp(request: LookUpRequest): Promise<LookUpOutcome>;
  close(): Promise<void>;
}

export function openHouse(folder: DataFolder, clock: () => number): House {
  const register = openCprRegister(cprRegisterFolder(folder), folder.keyring);
  const journal = openJournal(folder.path, folder.keyring.ledger, clock);
  const subjectKey = (cpr: Parameters<typeof cprSubjectKey>[1]) => cprSubjectKey(folder.keyring.subject, cpr);
  return {
    folder,
    accounts: openAccountBook(folder.control, folder.keyring, clock),
    register,
    journal,
    lookUp: (request) => lookUp({ source: register, journal, subjectKey }, request),
    async close() {
      await journal.close();
      register.close();
      folder.control.close();
    },
  };
}
