import { join } from 'node:path';
import type { Cpr } from '@vidimus/numbers';
import { type AccountBook, openAccountBook } from './accounts/account-book.ts';
import type { Config } from './config/load.ts';
import type { Journal } from './journal/journal.ts';
import type { LedgerKeys } from './journal/sqlite/ledger-rows.ts';
import { openJournal } from './journal/sqlite/open-journal.ts';
import { RateLimit } from './limits/rate-limit.ts';
import { CPR_RECORDS } from './register/cpr-records.ts';
import type { CprImportParts } from './register/import/import-cpr.ts';
import { openCprRegister } from './register/sqlite/embedded-sources.ts';
import { beginDraft } from './register/sqlite/register-draft.ts';
import { cprSubjectKey } from './register/subject-key.ts';
import { type DataFolder, openDataFolder } from './storage/data-folder.ts';
import { type Admission, admit } from './verification/admission.ts';
import { type LookUpOutcome, lookUp } from './verification/look-up.ts';
import type { Asker, CprRequest, Simulation } from './verification/request.ts';

/** Where the registers of a data folder live. */
export function registerFolder(folder: Pick<DataFolder, 'path'>, register: 'cpr' | 'ssn'): string {
  return join(folder.path, 'registers', register);
}

/** Opens the data folder that the configuration names, as what it is or as the sandbox when that was asked for. */
export function openFolder(config: Config, clock: () => number): DataFolder {
  return openDataFolder(config.data, config.keyFile, config.sandbox ? 'sandbox' : null, clock());
}

/** The keys of the ledger and no others: they go to the thread that writes it. */
export function ledgerKeys({ keyring: { ledger, subject } }: DataFolder): LedgerKeys {
  return { ledger, subject };
}

/** Begins an import into the CPR register of a data folder. */
export function beginCprImport(folder: DataFolder, clock: () => number): CprImportParts {
  const { keyring } = folder;
  return {
    draft: beginDraft(registerFolder(folder, 'cpr'), keyring, CPR_RECORDS),
    subjectKey: (cpr) => cprSubjectKey(keyring.subject, cpr),
    clock,
  };
}

/** The domain's parts on one data folder, for the server and for commands alike. */
export interface House {
  readonly folder: DataFolder;
  readonly accounts: AccountBook;
  readonly register: ReturnType<typeof openCprRegister>;
  readonly journal: Journal;
  readonly admit: (asker: Asker, simulate: Simulation | null) => Admission;
  readonly lookUp: (request: CprRequest) => Promise<LookUpOutcome>;
  readonly close: () => Promise<void>;
}

export function openHouse(folder: DataFolder, clock: () => number): House {
  const { keyring } = folder;
  const register = openCprRegister(registerFolder(folder, 'cpr'), keyring);
  const journal = openJournal(folder.path, ledgerKeys(folder), clock);
  const rate = new RateLimit(clock);
  const subjectKey = (cpr: Cpr) => cprSubjectKey(keyring.subject, cpr);
  return {
    folder,
    accounts: openAccountBook(folder.control, keyring, clock),
    register,
    journal,
    admit: (asker, simulate) => admit({ clock, rate, budget: journal.budget }, asker, simulate),
    lookUp: (request) => lookUp({ source: register, journal, subjectKey }, request),
    async close() {
      await journal.close();
      register.close();
      folder.control.close();
    },
  };
}
