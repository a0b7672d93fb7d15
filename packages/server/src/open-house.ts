import { join } from 'node:path';
import type { Cpr, Ssn } from '@vidimus/numbers';
import { type AccountBook, openAccountBook } from './accounts/account-book.ts';
import { type AskingPool, openAskingPool } from './batch/asking-pool.ts';
import type { Config } from './config/load.ts';
import { type EntryProof, proveEntry } from './journal/audit/prove-entry.ts';
import { type Verification, type VerifyOptions, verifyLedger } from './journal/audit/verify.ts';
import type { BatchJournal } from './journal/batch-journal.ts';
import type { RegisterName } from './journal/entry.ts';
import type { Journal } from './journal/journal.ts';
import { type KeepSigningParts, type KeptSigned, keepSigning } from './journal/keep-signing.ts';
import type { LedgerKeys } from './journal/ledger-keys.ts';
import { openLedgerSigner } from './journal/ledger-signer.ts';
import { openAuditIn, openJournalIn, openReaderIn } from './journal/postgres/in-database.ts';
import { withRecentBudgets } from './journal/recent-budgets.ts';
import type { LedgerReader } from './journal/records.ts';
import { ledgerReader } from './journal/sqlite/ledger-reader.ts';
import { openJournal } from './journal/sqlite/open-journal.ts';
import { openLedger } from './journal/sqlite/open-ledger.ts';
import { requireLedger } from './journal/sqlite/require-ledger.ts';
import { openStoredLedger } from './journal/sqlite/stored-ledger.ts';
import type { StoredLedger } from './journal/stored-ledger.ts';
import { SSN_NAME_WINDOW_MS } from './limits/name-attempts.ts';
import { RateLimit } from './limits/rate-limit.ts';
import { CPR_RECORDS } from './register/cpr-records.ts';
import type { ImportParts } from './register/import/import-parts.ts';
import type { RegisterStore } from './register/register-store.ts';
import { cprSource, type KeptCprSource, type KeptSsnSource, ssnSource } from './register/sources.ts';
import { embeddedRegister } from './register/sqlite/embedded-register.ts';
import { SSN_RECORDS } from './register/ssn-records.ts';
import { cprSubjectKey, pairwiseSubject, ssnNameKey, ssnSubjectKey } from './register/subject-key.ts';
import { type DataFolder, type FolderStore, openDataFolder } from './storage/data-folder.ts';
import { keyedHash } from './storage/keyring.ts';
import type { DatabaseAddress } from './storage/postgres/address.ts';
import { type Admission, admit } from './verification/admission.ts';
import { danishDay } from './verification/danish-day.ts';
import { type LookUpOutcome, type LookUpRequest, lookUp } from './verification/look-up.ts';
import { type LookUpSsnOutcome, type LookUpSsnRequest, lookUpSsn } from './verification/look-up-ssn.ts';
import type { Recorder } from './verification/record-answer.ts';
import { type RefuseBlocked, refuseBlocked } from './verification/refuse-blocked.ts';
import type { Asker, Simulation } from './verification/request.ts';
import { type ValidateOutcome, type ValidateRequest, validate } from './verification/validate.ts';
import { type VerifySsnOutcome, type VerifySsnRequest, verifySsn } from './verification/verify-ssn.ts';

/** Where the registers of a data folder live. */
export function registerFolder(folder: Pick<DataFolder, 'path'>, register: RegisterName): string {
  return join(folder.path, 'registers', register);
}

/** Opens the data folder that the configuration names, as what it is or as the sandbox when that was asked for. */
export async function openFolder(config: Config, clock: () => number): Promise<DataFolder> {
  const { data, keyFile, sandbox, database } = config;
  const wanted = sandbox ? 'sandbox' : null;
  if (database !== null) {
    return openDataFolder(data, keyFile, wanted, clock(), () => inDatabase(database));
  }
  const folder = await openDataFolder(data, keyFile, wanted, clock());
  try {
    await requireLedger(folder.control, folder.path, clock());
    return folder;
  } catch (error) {
    await folder.close();
    throw error;
  }
}

/** The driver is loaded only where it is used: most never need it. */
async function inDatabase(address: DatabaseAddress): Promise<FolderStore> {
  const { openPostgresControl } = await import('./storage/postgres/control.ts');
  const { makeRegisterTables } = await import('./register/postgres/postgres-register.ts');
  const opened = await openPostgresControl(address);
  await makeRegisterTables(opened.database);
  return opened;
}

/** The keys of the ledger and no others: they go to the thread that writes it. */
export function ledgerKeys({ keyring: { ledger, subject } }: DataFolder): LedgerKeys {
  return { ledger, subject };
}

/** Opens the ledger of a data folder for an audit of all that is recorded by now, beside whoever is writing it. */
export function openAudit({ path, database }: DataFolder): Promise<StoredLedger> {
  return database === null ? openStoredLedger(path) : openAuditIn(database);
}

/** Reads the ledger of a data folder, beside whoever is writing it. */
export async function readLedger<T>(
  folder: DataFolder,
  work: (reader: LedgerReader) => Promise<T>,
): Promise<T> {
  const keys = ledgerKeys(folder);
  if (folder.database !== null) return work(await openReaderIn(folder.database, keys));
  const ledger = openLedger(folder.path);
  try {
    return await work(ledgerReader(ledger, keys));
  } finally {
    ledger.close();
  }
}

/** Verifies the ledger of a data folder, against a checkpoint from before where there is one. */
export async function verifyFolder(
  folder: DataFolder,
  now: number,
  options: Pick<VerifyOptions, 'older' | 'progress'> = {},
): Promise<Verification> {
  const { trust } = await openLedgerSigner(folder.control, folder.keyring, now);
  return verifyLedger(() => openAudit(folder), { keys: folder.keyring, trust, ...options });
}

/** A register of a data folder, wherever it is kept. */
export async function registerOf(folder: DataFolder, register: RegisterName): Promise<RegisterStore> {
  const { database, keyring } = folder;
  if (database === null) return embeddedRegister(registerFolder(folder, register), keyring);
  const { postgresRegister } = await import('./register/postgres/postgres-register.ts');
  return postgresRegister(database, register, keyring);
}

/** Begins an import into a register of a data folder. */
export async function beginImport(
  folder: DataFolder,
  register: RegisterName,
  clock: () => number,
): Promise<ImportParts> {
  const draft = await (await registerOf(folder, register)).begin();
  return { draft, keys: folder.keyring, folder: folder.path, clock };
}

/** How soon a key that another process made is used here; `keys rotate` waits longer before it seals with it. */
const KEY_CHECK_MS = 500;

/** The domain's parts on one data folder, for the server and for commands alike. */
export interface House {
  readonly folder: DataFolder;
  readonly accounts: AccountBook;
  readonly registers: {
    readonly cpr: KeptCprSource;
    readonly ssn: KeptSsnSource;
  };
  readonly journal: Journal;
  readonly batches: BatchJournal;
  /** Opens threads that ask for a batch. */
  readonly openAskingPool: () => AskingPool;
  readonly admit: (asker: Asker, register: RegisterName, simulate: Simulation | null) => Promise<Admission>;
  /** How many requests an asker may make at once now. */
  readonly rateLeft: (asker: Asker) => number;
  readonly lookUp: (request: LookUpRequest, recorder?: Recorder) => Promise<LookUpOutcome>;
  readonly lookUpSsn: (request: LookUpSsnRequest, recorder?: Recorder) => Promise<LookUpSsnOutcome>;
  readonly validate: (request: ValidateRequest, recorder?: Recorder) => Promise<ValidateOutcome>;
  readonly verifySsn: (request: VerifySsnRequest, recorder?: Recorder) => Promise<VerifySsnOutcome>;
  /** What stands for a number in the answers to an account. */
  readonly pairwise: (account: string, number: Cpr | Ssn) => string;
  /** A keyed hash of a request, by which a repeated one is recognised. */
  readonly requestHash: (text: string) => Uint8Array;
  /** Proves that an entry is in the ledger, to whoever has the vkey. */
  readonly prove: (entry: number) => Promise<EntryProof & { readonly vkey: string }>;
  /** For how long a verification can be read again, in ms. */
  readonly keepForMs: number;
  readonly refuseBlocked: RefuseBlocked;
  /** Has what is added to the ledger signed from now on; see {@link keepSigning}. */
  readonly keepSigned: (every: number, report: KeepSigningParts['report']) => KeptSigned;
  readonly close: () => Promise<void>;
}

const DAY_MS = 86_400_000;
const REQUEST_HASH_BYTES = 16;

export async function openHouse(
  folder: DataFolder,
  config: Pick<Config, 'ssnNamesPerHour' | 'keepVerificationsDays' | 'database'>,
  clock: () => number,
): Promise<House> {
  const { keyring } = folder;
  // Made with the folder, so that every copy of it has the same key and can be held against the same checkpoints.
  await openLedgerSigner(folder.control, keyring, clock());
  const kept = await openJournalOf(folder, clock);
  const journal = withRecentBudgets(kept);
  const takeNewKeys = async (): Promise<void> => {
    if (await folder.refreshKeys()) journal.takeKeys(ledgerKeys(folder));
  };
  const registers = { cpr: await registerOf(folder, 'cpr'), ssn: await registerOf(folder, 'ssn') };
  const cpr = cprSource(await registers.cpr.open(CPR_RECORDS, takeNewKeys), keyring);
  const ssn = ssnSource(await registers.ssn.open(SSN_RECORDS, takeNewKeys), keyring);
  const admission = {
    clock: journal.now,
    rate: new RateLimit(clock),
    budget: journal.budget,
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
    // The key file is being replaced or is gone: what is open stays open, and the next look may succeed.
    takeNewKeys().catch(() => undefined);
  }, KEY_CHECK_MS).unref();
  return {
    folder,
    accounts: openAccountBook(folder.control, keyring, clock),
    registers: { cpr, ssn },
    journal,
    batches: kept.batches,
    openAskingPool: () =>
      openAskingPool(
        { folder: folder.path, database: config.database, nameRule: ssnParts.nameRule },
        () => keyring,
        kept.batches,
      ),
    admit: (...given) => admit(admission, ...given),
    rateLeft: ({ account, rate }) => admission.rate.left(account, rate),
    lookUp: (request, recorder) => lookUp(recordingBy(cprParts, recorder), request),
    lookUpSsn: (request, recorder) => lookUpSsn(recordingBy(ssnParts, recorder), request),
    validate: (request, recorder) => validate(recordingBy(cprParts, recorder), request),
    verifySsn: (request, recorder) => verifySsn(recordingBy(ssnParts, recorder), request),
    pairwise: (account, number) => pairwiseSubject(keyring.subject, account, number),
    requestHash: (text) => keyedHash(keyring.subject, `request:${text}`, REQUEST_HASH_BYTES),
    async prove(entry) {
      const stored = await openAudit(folder);
      try {
        const signer = await openLedgerSigner(folder.control, keyring, clock());
        const vkey = signer.vkeys.split('\n')[0] ?? '';
        return { ...(await proveEntry(stored, signer, entry, clock())), vkey };
      } finally {
        await stored.close();
      }
    },
    keepForMs: config.keepVerificationsDays * DAY_MS,
    refuseBlocked: (...given) => refuseBlocked(cprParts, ...given),
    keepSigned(every, report) {
      const treeKey = () => openLedgerSigner(folder.control, keyring, clock());
      return keepSigning({ journal, treeKey, every, report });
    },
    async close() {
      clearInterval(watch);
      await journal.close();
      await cpr.close();
      await ssn.close();
      await folder.close();
    },
  };
}

async function openJournalOf(
  folder: DataFolder,
  clock: () => number,
): Promise<Journal & { readonly batches: BatchJournal }> {
  const { path, database } = folder;
  const keys = ledgerKeys(folder);
  return database === null ? openJournal(path, keys, clock) : openJournalIn(database, keys);
}

/** The parts of a question whose answer goes through another recorder than the journal itself. */
function recordingBy<P extends { readonly journal: Journal }>(
  parts: P,
  recorder: Recorder | undefined,
): Omit<P, 'journal'> & { readonly journal: Recorder & Pick<Journal, 'tryName'> } {
  if (recorder === undefined) return parts;
  const { journal } = parts;
  return {
    ...parts,
    journal: {
      record: (draft, answer) => recorder.record(draft, answer),
      tryName: (attempt) => journal.tryName(attempt),
    },
  };
}
