/**
 * Everything that can go wrong outside a single request, by code. A failure is lost infrastructure or an
 * operator's mistake; what a caller did wrong is an outcome, never thrown. `docs/failures.md` has a line for
 * each code, and a test keeps the two equal.
 */
export const FAILURES = {
  'account-exists': 'An account of this name exists already.',
  'account-unknown': 'There is no account of this name.',
  'batch-changed': 'The job was begun with another file or other settings.',
  'batch-running': 'Somebody is at work on this job.',
  'batch-unknown': 'There is no batch job of this id.',
  'capability-missing': 'The account may not do this.',
  'config-invalid': 'The configuration has mistakes.',
  'data-folder-unwritable': 'The data folder cannot be created or written.',
  'database-full': 'The database has no room left to write.',
  'database-refused': 'The database refused the user, the password or the right to do this.',
  'database-unreachable': 'The database cannot be reached, or takes no writes.',
  'database-untrusted': 'The database does not prove to be the one that is meant.',
  'engine-not-distributed': 'This database has no Citus, so that there is nobody to hand tables to.',
  'entry-unknown': 'The ledger has no entry of this number.',
  'import-refused': 'The file was refused; nothing was changed.',
  'import-running': 'Another import or rollback is at work on this data folder.',
  'input-invalid': 'The command was given something it cannot use.',
  'key-missing': 'The key-encryption key is missing, but data encrypted under it exists.',
  'key-unreadable': 'The key file cannot be read or does not hold a key.',
  'key-wrong': 'The key-encryption key does not open the data keys of this folder.',
  'ledger-missing':
    'The ledger of this folder is gone; an empty one would forget every entry and every block.',
  'ledger-unreadable': 'The ledger file cannot be opened.',
  'ledger-unwritable': 'The ledger cannot be written; nothing is answered without an entry.',
  'mode-mismatch': 'A sandbox folder and live data do not mix.',
  'port-unavailable': 'The address is in use or may not be opened.',
  'register-empty': 'No register has been imported yet.',
  'register-unreadable': 'The register file cannot be read.',
  'rollback-impossible': 'There is no earlier state of the register to go back to.',
  'schema-newer': 'The data was written by a newer version of Vidimus.',
  'storage-busy': 'The database stayed locked by another process.',
  'verification-unknown':
    'The account has no such verification: it lapsed, was erased, or is a lookup or another account’s.',
  'sealed-damaged': 'Stored data does not open under its key: it was changed or belongs to another row.',
} as const;

export type FailureCode = keyof typeof FAILURES;

/** Thrown for lost infrastructure and operators' mistakes; `detail` never holds personal data. */
export class Failure extends Error {
  readonly code: FailureCode;
  /** What every surface answers when a request meets one: it is ours to put right, and it may pass. */
  readonly statusCode = 503;

  constructor(code: FailureCode, detail?: string, cause?: unknown) {
    super(detail === undefined ? FAILURES[code] : `${FAILURES[code]} ${detail}`, { cause });
    this.name = 'Failure';
    this.code = code;
  }
}

export function isFailure(error: unknown, code?: FailureCode): error is Failure {
  return error instanceof Failure && (code === undefined || error.code === code);
}
