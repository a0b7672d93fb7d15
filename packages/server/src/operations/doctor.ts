import { statSync } from 'node:fs';
import type { Config } from '../config/load.ts';
import { type Failure, type FailureCode, isFailure } from '../failure.ts';
import type { Verification } from '../journal/audit/verify.ts';
import type { RegisterName } from '../journal/entry.ts';
import type { Journal } from '../journal/journal.ts';
import type { RegisterStatistics } from '../register/statistics.ts';
import type { DataFolder } from '../storage/data-folder.ts';
import type { DatabaseFacts } from '../storage/postgres/database-facts.ts';
import { databaseFindings } from './doctor-database.ts';
import { type Finding, good } from './finding.ts';

export interface Patient {
  readonly config: Config;
  readonly folder: DataFolder;
  readonly journal: Pick<Journal, 'probe' | 'clockStep' | 'signing'>;
  readonly statistics: (register: RegisterName) => Promise<RegisterStatistics | null>;
  /** Null where everything lies in the data folder. */
  readonly database: DatabaseFacts | null;
  readonly verifyLedger: () => Promise<Verification>;
  readonly clock: () => number;
}

const DAY_MS = 86_400_000;
/** CPR delivers changes every working day; a national health platform raises its alarm at twelve days. */
const REGISTER_TOO_OLD_MS = 12 * DAY_MS;
/** 2026-01-01: a clock before this version was written has lost its battery. */
const EARLIEST_SANE_CLOCK = 1_767_225_600_000;

/** Looks at everything that must be in order before people depend on this server. */
export async function examine(patient: Patient): Promise<Finding[]> {
  return [
    configuration(patient),
    keyFile(patient),
    ...(patient.database === null ? [] : databaseFindings(patient.database)),
    await ledgerWritable(patient),
    await ledgerIntact(patient),
    await ledgerSigned(patient),
    ...(await registers(patient)),
    clock(patient),
  ];
}

/** What helps where a data folder cannot be opened; for everything else it is damaged. */
const REMEDIES: Partial<Record<FailureCode, string>> = {
  'config-invalid': 'put right what the message names; docs/configuration.md lists every setting',
  'data-folder-unwritable': 'check that the folder is there, who owns it, and that this user may write it',
  'database-full': 'make room on the disk of the database',
  'database-refused':
    'check user, password and name in VIDIMUS_DATABASE_URL against the database’s log; for new tables run vidimus database migrate as a user who may',
  'database-unreachable':
    'start it, or check host, port and firewall in VIDIMUS_DATABASE_URL; of several hosts one must take writes',
  'database-untrusted':
    'name the authority of its certificate in sslrootcert, and the host as the certificate does',
  'key-missing':
    'put the key file back, or name it with --key-file; without it nothing of the folder can be read',
  'key-unreadable': 'check who may read the key file and that it was copied whole',
  'key-wrong': 'find the key of this folder: after a rotation the old one no longer opens it',
  'mode-mismatch': 'name another folder with --data, or leave --sandbox out',
  'schema-newer': 'run the version that wrote the folder, or a later one',
  'storage-busy': 'end what holds the lock: a backup tool, a copy under way, another program on the files',
};
const DAMAGED = 'keep a copy of the folder as it is, then restore a backup';

/** What to say of a data folder that cannot be opened at all. */
export function notOpening({ message, code }: Failure): Finding {
  return {
    about: 'storage',
    state: 'bad',
    says: `${message} (${code})`,
    remedy: REMEDIES[code] ?? DAMAGED,
  };
}

function configuration({ config, folder }: Patient): Finding {
  return good('configuration', `data folder ${config.data} (${folder.mode})`);
}

function keyFile({ config, folder }: Patient): Finding {
  const mode = statSync(config.keyFile).mode & 0o777;
  if ((mode & 0o077) !== 0) {
    return {
      about: 'keys',
      state: 'bad',
      says: `others can read the key file (mode ${mode.toString(8)})`,
      remedy: `chmod 600 ${config.keyFile}`,
    };
  }
  if (folder.mode === 'live' && config.keyFile.startsWith(config.data)) {
    return {
      about: 'keys',
      state: 'watch',
      says: 'the key-encryption key lies beside the data it opens; a copy of the folder opens itself',
      remedy: 'move the file elsewhere and name it with --key-file or VIDIMUS_KEY_FILE',
    };
  }
  return good('keys', 'the data keys open, and only their owner can read the key file');
}

async function ledgerWritable({ journal }: Patient): Promise<Finding> {
  const fault = await journal.probe();
  if (fault === null) return good('storage', 'the ledger can be written');
  return {
    about: 'storage',
    state: 'bad',
    says: `the ledger cannot be written (${fault})`,
    remedy:
      'check free space, permissions and other processes on the data folder; nothing is answered until it can be',
  };
}

async function ledgerIntact({ verifyLedger }: Patient): Promise<Finding> {
  const verification = await verifyLedger();
  if (verification.kind === 'intact') return good('ledger', `all intact, entries: ${verification.entries}`);
  const where = verification.entry === null ? '' : ` at entry ${verification.entry}`;
  return {
    about: 'ledger',
    state: 'bad',
    says: `damaged${where}: ${verification.reason}`,
    remedy: 'keep a copy of the folder as evidence, then restore a backup and compare',
  };
}

async function ledgerSigned({ journal, clock }: Patient): Promise<Finding> {
  const { entries, newest } = await journal.signing();
  const covered = newest?.size ?? 0;
  const signed = newest === null ? '' : `, the newest of ${new Date(newest.at).toISOString()}`;
  const says = `entries that a checkpoint covers: ${covered} of ${entries}${signed}`;
  const isLate = covered < entries && clock() - (newest?.at ?? 0) > DAY_MS;
  return isLate
    ? {
        about: 'checkpoints',
        state: 'watch',
        says,
        remedy: 'a running server signs them by itself; vidimus audit checkpoint does it now',
      }
    : good('checkpoints', says);
}

/** One register is enough: what the other surface asks is nobody's business where it has never been filled. */
async function registers(patient: Patient): Promise<Finding[]> {
  const each = await Promise.all([register(patient, 'cpr'), register(patient, 'ssn')]);
  const findings = each.filter((finding) => finding !== null);
  if (findings.length > 0) return findings;
  return [
    {
      about: 'register',
      state: 'bad',
      says: 'nothing has been imported',
      remedy: 'vidimus import cpr FILE, or vidimus import ssn FILE',
    },
  ];
}

/** Null for a register that was never filled. */
async function register(
  { folder, statistics: statisticsOf, clock }: Patient,
  name: RegisterName,
): Promise<Finding | null> {
  const about = `${name} register`;
  let statistics: RegisterStatistics | null;
  try {
    statistics = await statisticsOf(name);
  } catch (error) {
    if (!isFailure(error)) throw error;
    return {
      about,
      state: 'bad',
      says: error.message,
      remedy: `vidimus register rollback --register ${name}, or import again`,
    };
  }
  if (statistics === null || statistics.lastImport === null) return null;
  const age = clock() - statistics.lastImport;
  const says = `persons: ${statistics.records}, last import ${new Date(statistics.lastImport).toISOString()}`;
  return name === 'cpr' && folder.mode === 'live' && age > REGISTER_TOO_OLD_MS
    ? { about, state: 'watch', says, remedy: 'import the change files that CPR has delivered since' }
    : good(about, says);
}

function clock({ clock, journal }: Patient): Finding {
  const now = clock();
  const says = new Date(now).toISOString();
  const behind = -journal.clockStep();
  if (behind > 0) {
    return {
      about: 'clock',
      state: 'bad',
      says: `${says}, ${Math.ceil(behind / 1000)} seconds before the latest ledger entry`,
      remedy:
        'set the clock; if it is right, it was wrong before, and entries keep that time until it has passed',
    };
  }
  return now < EARLIEST_SANE_CLOCK
    ? { about: 'clock', state: 'bad', says, remedy: 'set the clock; budgets and tokens depend on it' }
    : good('clock', says);
}
