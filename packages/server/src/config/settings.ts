import { type DatabaseAddress, readDatabaseAddress } from '../storage/postgres/address.ts';
import { parseDuration } from './duration.ts';

/** What a setting's text is read as; a string answer is the mistake, in words. */
type Reading<T> = { readonly value: T } | { readonly mistake: string };

export interface Setting<T> {
  /** Name in `vidimus.json`; null when it can only be a flag or a variable. */
  readonly key: string | null;
  /** Null for a secret: the list of processes shows everybody what was typed. */
  readonly flag: string | null;
  readonly variable: string;
  readonly placeholder: string | null;
  readonly meaning: string;
  readonly defaultText: string;
  readonly read: (given: unknown) => Reading<T>;
}

function setting<T>(
  flag: string,
  rest: Omit<Setting<T>, 'flag' | 'variable' | 'key'>,
  inFile = true,
): Setting<T> & { readonly flag: string } {
  return {
    flag,
    key: inFile ? flag.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()) : null,
    variable: `VIDIMUS_${flag.replaceAll('-', '_').toUpperCase()}`,
    ...rest,
  };
}

/** A setting that holds a password: a variable, the variable with `_FILE` behind it that names a file, or `vidimus.json`. */
function secret<T>(
  name: string,
  rest: Omit<Setting<T>, 'flag' | 'variable' | 'key'>,
): Setting<T> & { readonly flag: null } {
  return { ...setting(name, rest), flag: null };
}

const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Every setting there is: the loader, the commands' flags and `docs/configuration.md` are made from this list. */
export const SETTINGS = {
  data: setting(
    'data',
    {
      placeholder: 'DIR',
      meaning: 'The data folder. It is created, with its keys, on first use.',
      defaultText: '`./vidimus-data`, with `--sandbox` `./vidimus-sandbox`',
      read: text,
    },
    false,
  ),
  sandbox: setting(
    'sandbox',
    {
      placeholder: null,
      meaning: 'Run with fictional persons and the published sandbox account.',
      defaultText: 'off',
      read: onOrOff,
    },
    false,
  ),
  keyFile: setting('key-file', {
    placeholder: 'FILE',
    meaning:
      'Holds the key-encryption key: 32 bytes in base64. Made on first use, readable by its owner only.',
    defaultText: '`vidimus.key` in the data folder',
    read: text,
  }),
  databaseUrl: secret('database-url', {
    placeholder: 'URL',
    meaning:
      'A PostgreSQL database that holds everything but the key file, for several machines: `postgres://user:password@host/database?sslmode=verify-full`. Parameters mean what they mean to libpq; several hosts stand with commas between them. See [scale.md](scale.md).',
    defaultText: 'files in the data folder',
    read: databaseUrl,
  }),
  host: setting('host', {
    placeholder: 'H',
    meaning: 'The address to listen on.',
    defaultText: '`127.0.0.1`',
    read: text,
  }),
  port: setting('port', {
    placeholder: 'P',
    meaning: 'The port to listen on; 0 takes any free one.',
    defaultText: '`8080`',
    read: port,
  }),
  publicUrl: setting('public-url', {
    placeholder: 'URL',
    meaning: 'How clients reach this server; base of the token issuer.',
    defaultText: '`http://` and the address listened on',
    read: url,
  }),
  metricsToken: secret('metrics-token', {
    placeholder: 'TOKEN',
    meaning:
      'What a scraper of `/metrics` must send as `Authorization: Bearer TOKEN`, at least 16 characters. Without it everybody who reaches the port may read them.',
    defaultText: 'none',
    read: token,
  }),
  ssnNamesPerHour: setting('ssn-names-per-hour', {
    placeholder: 'N',
    meaning: 'How many different names may be tried for one SSN within an hour, over all accounts.',
    defaultText: '`10`',
    read: count,
  }),
  keepVerificationsDays: setting('keep-verifications-days', {
    placeholder: 'N',
    meaning:
      'For how many days a verification over `/vidimus/v1` or from the shell can be read again with its explanation. Then it is deleted.',
    defaultText: '`30`',
    read: count,
  }),
  batchUploadMib: setting('batch-upload-mib', {
    placeholder: 'N',
    meaning: 'How many MiB of rows may be uploaded as one batch.',
    defaultText: '`1024`',
    read: count,
  }),
  keepBatchesDays: setting('keep-batches-days', {
    placeholder: 'N',
    meaning:
      'For how many days the results of an uploaded batch are kept after its end, and the rows of one that was stopped. Then they are deleted.',
    defaultText: '`7`',
    read: count,
  }),
  checkpointEvery: setting('checkpoint-every', {
    placeholder: 'TIME',
    meaning:
      'How often a running server signs what was added to the ledger, from `1s` to `24h`. It signs once more when it stops.',
    defaultText: '`5m`',
    read: period,
  }),
  workers: setting('workers', {
    placeholder: 'N',
    meaning:
      'How many processes serve together on the port; more than one where a single one is not fast enough.',
    defaultText: '`1`',
    read: workers,
  }),
  logLevel: setting('log-level', {
    placeholder: 'LEVEL',
    meaning: `What is logged to stderr: ${LOG_LEVELS.join(', ')}. \`debug\` adds a line per request.`,
    defaultText: '`info`',
    read: logLevel,
  }),
} as const;

export type SettingName = keyof typeof SETTINGS;

function text(given: unknown): Reading<string> {
  return typeof given === 'string' && given.trim() !== ''
    ? { value: given }
    : { mistake: 'must be text that is not blank' };
}

function token(given: unknown): Reading<string> {
  return typeof given === 'string' && /^[\x21-\x7e]{16,}$/.test(given)
    ? { value: given }
    : { mistake: 'must be at least 16 characters without blanks' };
}

function onOrOff(given: unknown): Reading<boolean> {
  if (given === true || given === 'true' || given === '1') return { value: true };
  if (given === false || given === 'false' || given === '0' || given === '') return { value: false };
  return { mistake: 'must be true or false' };
}

function port(given: unknown): Reading<number> {
  const value = typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : given;
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 65535
    ? { value }
    : { mistake: 'must be a whole number from 0 to 65535' };
}

function count(given: unknown): Reading<number> {
  const value = typeof given === 'string' && /^\d{1,6}$/.test(given) ? Number(given) : given;
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 999_999
    ? { value }
    : { mistake: 'must be a whole number from 1 to 999999' };
}

function period(given: unknown): Reading<number> {
  const value = typeof given === 'string' ? parseDuration(given) : null;
  return value !== null && value >= 1000 && value <= 86_400_000
    ? { value }
    : { mistake: 'must be a time from 1s to 24h, such as 5m' };
}

function workers(given: unknown): Reading<number> {
  const value = typeof given === 'string' && /^\d{1,2}$/.test(given) ? Number(given) : given;
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 64
    ? { value }
    : { mistake: 'must be a whole number from 1 to 64' };
}

function url(given: unknown): Reading<string> {
  const parsed = typeof given === 'string' ? URL.parse(given) : null;
  const isBase = parsed !== null && /^https?:$/.test(parsed.protocol) && parsed.search + parsed.hash === '';
  return isBase
    ? { value: String(given).replace(/\/+$/, '') }
    : { mistake: 'must be an http or https address without query, such as https://id.example.org' };
}

function databaseUrl(given: unknown): Reading<DatabaseAddress> {
  const address = typeof given === 'string' ? readDatabaseAddress(given.trim()) : 'must be text';
  return typeof address === 'string' ? { mistake: address } : { value: address };
}

function logLevel(given: unknown): Reading<LogLevel> {
  const value = LOG_LEVELS.find((level) => level === given);
  return value === undefined ? { mistake: `must be one of ${LOG_LEVELS.join(', ')}` } : { value };
}
