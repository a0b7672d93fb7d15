import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import leven from 'leven';
import { Failure } from '../failure.ts';
import { SSN_NAMES_PER_WINDOW } from '../limits/name-attempts.ts';
import type { DatabaseAddress } from '../storage/postgres/address.ts';
import { type LogLevel, SETTINGS, type Setting, type SettingName } from './settings.ts';

export interface Config {
  readonly data: string;
  /** Whether the sandbox was asked for; without it a folder is taken for what it is. */
  readonly sandbox: boolean;
  readonly keyFile: string;
  /** Null: everything lies in files in the data folder. */
  readonly database: DatabaseAddress | null;
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string | null;
  /** Null: `/metrics` asks for nothing. */
  readonly metricsToken: string | null;
  readonly ssnNamesPerHour: number;
  readonly keepVerificationsDays: number;
  readonly batchUploadMib: number;
  readonly keepBatchesDays: number;
  /** In ms. */
  readonly checkpointEvery: number;
  readonly workers: number;
  readonly logLevel: LogLevel;
}

export type Flags = Readonly<Partial<Record<SettingName, unknown>>>;
export type Environment = Readonly<Record<string, string | undefined>>;

const CONFIG_FILE = 'vidimus.json';
const CHECKPOINT_EVERY_MS = 5 * 60_000;
/** Read by the test suite and by nothing that ships. */
const TEST_VARIABLES = 'VIDIMUS_TEST_';

/**
 * Puts the configuration together: flags over environment over `vidimus.json` in the data folder over
 * defaults. All mistakes are found before any is reported; throws `config-invalid` with one line for each.
 */
export function loadConfig(flags: Flags, environment: Environment): Config {
  const mistakes: string[] = [];

  function pick<T>(name: SettingName, setting: Setting<T>, file: Record<string, unknown>): T | null {
    const given = [
      { from: `--${setting.flag}`, value: flags[name] },
      { from: setting.variable, value: environment[setting.variable] },
      secretIn(setting),
      {
        from: `"${setting.key}" in ${CONFIG_FILE}`,
        value: setting.key === null ? undefined : file[setting.key],
      },
    ].find(({ value }) => value !== undefined);
    if (given === undefined) return null;
    const reading = setting.read(given.value);
    if ('value' in reading) return reading.value;
    mistakes.push(`${given.from} ${reading.mistake}.`);
    return null;
  }

  /** A secret may lie in a file that the variable names, as orchestrators hand it over. */
  function secretIn({ flag, variable }: Setting<unknown>): { from: string; value: string | undefined } {
    const from = `${variable}_FILE`;
    const path = flag === null ? environment[from] : undefined;
    if (path === undefined) return { from, value: undefined };
    try {
      return { from, value: readFileSync(path, 'utf8').trim() };
    } catch {
      mistakes.push(`${from} names a file that cannot be read.`);
      return { from, value: undefined };
    }
  }

  mistakes.push(...unknownVariables(environment));
  const sandbox = pick('sandbox', SETTINGS.sandbox, {}) ?? false;
  const data = resolve(pick('data', SETTINGS.data, {}) ?? (sandbox ? 'vidimus-sandbox' : 'vidimus-data'));
  const file = readConfigFile(join(data, CONFIG_FILE), mistakes);
  // A path on the command line is meant from where the command is given, one in the file from the file.
  const isTyped = flags.keyFile !== undefined || environment[SETTINGS.keyFile.variable] !== undefined;
  const keyFile = pick('keyFile', SETTINGS.keyFile, file) ?? 'vidimus.key';
  const config: Config = {
    data,
    sandbox,
    keyFile: isTyped ? resolve(keyFile) : resolve(data, keyFile),
    database: pick('databaseUrl', SETTINGS.databaseUrl, file),
    host: pick('host', SETTINGS.host, file) ?? '127.0.0.1',
    port: pick('port', SETTINGS.port, file) ?? 8080,
    publicUrl: pick('publicUrl', SETTINGS.publicUrl, file),
    metricsToken: pick('metricsToken', SETTINGS.metricsToken, file),
    ssnNamesPerHour: pick('ssnNamesPerHour', SETTINGS.ssnNamesPerHour, file) ?? SSN_NAMES_PER_WINDOW,
    keepVerificationsDays: pick('keepVerificationsDays', SETTINGS.keepVerificationsDays, file) ?? 30,
    batchUploadMib: pick('batchUploadMib', SETTINGS.batchUploadMib, file) ?? 1024,
    keepBatchesDays: pick('keepBatchesDays', SETTINGS.keepBatchesDays, file) ?? 7,
    checkpointEvery: pick('checkpointEvery', SETTINGS.checkpointEvery, file) ?? CHECKPOINT_EVERY_MS,
    workers: pick('workers', SETTINGS.workers, file) ?? 1,
    logLevel: pick('logLevel', SETTINGS.logLevel, file) ?? 'info',
  };
  if (mistakes.length > 0)
    throw new Failure('config-invalid', `\n${mistakes.map((line) => `  ${line}`).join('\n')}`);
  return config;
}

function unknownVariables(environment: Environment): string[] {
  const settings: readonly Setting<unknown>[] = Object.values(SETTINGS);
  const known = settings.flatMap(({ flag, variable }) =>
    flag === null ? [variable, `${variable}_FILE`] : [variable],
  );
  return Object.keys(environment)
    .filter(
      (name) => name.startsWith('VIDIMUS_') && !name.startsWith(TEST_VARIABLES) && !known.includes(name),
    )
    .map((name) => `${name} is not a setting; did you mean ${nearest(name, known)}?`);
}

function readConfigFile(path: string, mistakes: string[]): Record<string, unknown> {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return {};
    mistakes.push(`${CONFIG_FILE} is not readable as JSON.`);
    return {};
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    mistakes.push(`${CONFIG_FILE} must hold one JSON object.`);
    return {};
  }
  const known = Object.values(SETTINGS).flatMap(({ key }) => key ?? []);
  for (const key of Object.keys(content)) {
    if (!known.includes(key)) {
      mistakes.push(`"${key}" in ${CONFIG_FILE} is not a setting; did you mean "${nearest(key, known)}"?`);
    }
  }
  return content as Record<string, unknown>;
}

function nearest(name: string, known: readonly string[]): string {
  return known.reduce((best, other) => (leven(name, other) < leven(name, best) ? other : best));
}
