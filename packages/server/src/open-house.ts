import { join } from 'node:path';
import type { Cpr, Ssn } from '@vidimus/numbers';
import { type AccountBook, openAccountBook } from './accounts/account-book.ts';
import type { Config } from './config/load.ts';
import { type Verification, type VerifyOptions, verifyLedger } from './journal/audit/verify.ts';
import type { RegisterName } from './journal/entry.ts';
import type { Journal } from './journal/journal.ts';
import type { LedgerKeys } from './journal/ledger-keys.ts';
import { openLedgerSigner } from './journal/ledger-signer.ts';
import { openJournal } from './journal/sqlite/open-journal.ts';
import { openStoredLedger } from './journal/sqlite/stored-ledger.ts';
import type { StoredLedger } from './journal/stored-ledger.ts';
import { SSN_NAME_WINDOW_MS } from './limits/name-attempts.ts';
import { RateLimit } from './limits/rate-limit.ts';
import { CPR_RECORDS } from './register/cpr-records.ts';
import type { CprImportParts } from './register/import/import-cpr.ts';
import type { SsnImportParts } from './register/import/import-ssn.ts';
import { openCprRegister, openSsnRegister } from './register/sqlite/embedded-sources.ts';
import { beginDraft } from './register/sqlite/register-draft.ts';
import { SSN_RECORDS } from './register/ssn-records.ts';
import { cprSubjectKey, ssnNameKey, ssnSubjectKey } from './register/subject-key.ts';
import { type DataFolder, openDataFolder } from './storage/data-folder.ts';
import { type Admission, admit } from './verification/admission.ts';
import { danishDay } from './verification/danish-day.ts';
import { type LookUpOutcome, lookUp } from './verification/look-up.ts';
import { recentBudgets } from './verification/recent-budgets.ts';
import { type RefuseBlocked, refuseBlocked } from './verification/refuse-blocked.ts';
import type { Asker, CprRequest, Simulation } from './verification/request.ts';
import { type ValidateOutcome, type ValidateRequest, validate } from './verification/validate.ts';
import { type VerifySsnOutcome, type VerifySsnRequest, verifySsn } from './verification/verify-ssn.ts';

/** Where the registers of a data folder live. */
export function registerFolder(folder: Pick<DataFolder, 'path'>, register: RegisterName): string {
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

/** Opens the ledger of a data folder for an audit, beside whoever is writing it. */
export function openAudit({ path }: DataFolder): Promise<StoredLedger> {
  return openStoredLedger(path);
}

/** Verifies the ledger of a data folder, against a checkpoint from before where there is one. */
export function verifyFolder(
  folder: DataFolder,
  now: number,
  options: Pick<VerifyOptions, 'older' | 'progress'> = {},
): Promise<Verification> {
  const { trust } = openLedgerSigner(folder.control, folder.keyring, now);
  return verifyLedger(() => openAudit(folder), { keys: folder.keyring, trust, ...options });
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

/** Begins an import into the SSN register of a data folder. */
export function beginSsnImport(folder: DataFolder, clock: () => number): SsnImportParts {
  const { keyring } = folder;
  return {
    draft: beginDraft(registerFolder(folder, 'ssn'), keyring, SSN_RECORDS),
    subjectKey: (ssn) => ssnSubjectKey(keyring.subject, ssn),
    clock,
  };
}

/** How soon a key that another process made is used here; `keys rotate` waits longer before it seals with it. */
const KEY_CHECK_MS = 500;

/** The domain's parts on one data folder, for the server and for commands alike. */
export interface House {
  readonly folder: DataFolder;
  readonly accounts: AccountBook;
  readonly registers: {
    readonly cpr: ReturnType<typeof openCprRegister>;
    readonly ssn: ReturnType<typeof openSsnRegister>;
  };
  readonly journal: Journal;
  readonly admit: (asker: Asker, register: RegisterName, simulate: Simulation | null) => Promise<Admission>;
  readonly lookUp: (request: CprRequest) => Promise<LookUpOutcome>;
  readonly validate: (request: ValidateRequest) => Promise<ValidateOutcome>;
  readonly verifySsn: (request: VerifySsnRequest) => Promise<VerifySsnOutcome>;
  readonly refuseBlocked: RefuseBlocked;
  readonly close: () => Promise<void>;
}

export function openHouse(
  folder: DataFolder,
  config: Pick<Config, 'ssnNamesPerHour'>,
  clock: () => number,
): House {
  const { keyring } = folder;
  // Made with the folder, so that every copy of it has the same key and can be held against the same checkpoints.
  openLedgerSigner(folder.control, keyring, clock());
  const journal = openJournal(folder.path, ledgerKeys(folder), clock);
  const takeNewKeys = (): void => {
    if (folder.refreshKeys()) journal.takeKeys(ledgerKeys(folder));
  };
  const cpr = openCprRegister(registerFolder(folder, 'cpr'), keyring, takeNewKeys);
  const ssn = openSsnRegister(registerFolder(folder, 'ssn'), keyring, takeNewKeys);
  const admission = {
    clock: journal.now,
    rate: new RateLimit(clock),
    budget: recentBudgets(journal.budget, journal.now),
  };
  const cprParts = {
    source: cpr,
    journal,
    subjectKey: (number: Cpr) => cprSubjectKey(keyring.subject, number),
    today: () => danishDay(clock()),
  };
  const ssnParts = {
    source: ssn,
    journal,
    subjectKey: (number: Ssn) => ssnSubjectKey(keyring.subject, number),
    nameKey: (number: Ssn, name: string) => ssnNameKey(keyring.subject, number, name),
    nameRule: { names: config.ssnNamesPerHour, windowMs: SSN_NAME_WINDOW_MS },
  };
  const watch = setInterval(() => {
    try {
      takeNewKeys();
    } catch {
      // The key file is being replaced or is gone: what is open stays open, and the next look may succeed.
    }
  }, KEY_CHECK_MS).unref();
  return {
    folder,
    accounts: openAccountBook(folder.control, keyring, clock),
    registers: { cpr, ssn },
    journal,
    admit: (...given) => admit(admission, ...given),
    lookUp: (request) => lookUp(cprParts, request),
    validate: (request) => validate(cprParts, request),
    verifySsn: (request) => verifySsn(ssnParts, request),
    refuseBlocked: (...given) => refuseBlocked(cprParts, ...given),
    async close() {
      clearInterval(watch);
      await journal.close();
      cpr.close();
      ssn.close();
      folder.control.close();
    },
  };
}
