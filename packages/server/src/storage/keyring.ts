import { createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { Failure, isFailure } from '../failure.ts';
import type { ControlStore } from './control.ts';
import { digestBytes } from './digest-bytes.ts';
import { type SealingKeys, seal, unseal } from './sealing.ts';
import type { Sql } from './sql.ts';

/** What a data key is for. `subject` and `credential` key a hash, the others seal. */
export const PURPOSES = ['register', 'ledger', 'tokens', 'subject', 'credential'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** The opened data keys. They exist as `KeyObject`s only and can be handed to worker threads as they are. */
export type Keyring = Readonly<Record<Purpose, SealingKeys>>;

/** Where data keys are kept, each wrapped by the key-encryption key. */
export const DATA_KEY_TABLE = `
  create table data_key (
    purpose    text    not null,
    version    integer not null,
    wrapped    blob    not null,
    created_at integer not null,
    primary key (purpose, version)
  ) strict, without rowid;
`;

interface DataKeyRow {
  readonly purpose: Purpose;
  readonly version: number;
  readonly wrapped: Uint8Array;
}

const FIRST_VERSION = 1;

export interface OpenKeyring {
  /** Follows `refresh` in place, so that whoever was handed a purpose sees its new versions. */
  readonly keys: Keyring;
  /** Takes in versions that another process has made since; tells whether there were any. */
  readonly refresh: () => Promise<boolean>;
}

/**
 * Opens the data keys kept in `control` with the key-encryption key; makes those that are missing. `wrapping` is asked
 * again for every new version, because the key-encryption key may have been replaced since. Fails with
 * `key-wrong` when it is another one.
 */
export async function openKeyring(
  control: ControlStore,
  wrapping: () => Promise<KeyObject>,
  now: number,
): Promise<OpenKeyring> {
  await makeMissingKeys(control, wrapping, now);
  const keys = Object.fromEntries(
    PURPOSES.map((purpose) => [purpose, { current: 0, byVersion: new Map<number, KeyObject>() }]),
  ) as Record<Purpose, { current: number; byVersion: Map<number, KeyObject> }>;

  async function refresh(): Promise<boolean> {
    const fresh = (await wrappedKeys(control)).filter(
      ({ purpose, version }) => !keys[purpose].byVersion.has(version),
    );
    for (const { purpose, version, wrapped } of fresh) {
      keys[purpose].byVersion.set(version, unwrapped(await wrapping(), purpose, version, wrapped));
      keys[purpose].current = version;
    }
    return fresh.length > 0;
  }
  await refresh();
  return { keys, refresh };
}

/** In one transaction: of two processes that start with different key files, one has made all keys or none. */
async function makeMissingKeys(
  control: ControlStore,
  wrapping: () => Promise<KeyObject>,
  now: number,
): Promise<void> {
  const missing = async (sql: Sql) => {
    const held = new Set((await wrappedKeys(sql)).map(({ purpose }) => purpose));
    return PURPOSES.filter((purpose) => !held.has(purpose));
  };
  if ((await missing(control)).length === 0) return;
  const key = await wrapping();
  await control.exclusively(async (sql) => {
    for (const purpose of await missing(sql)) await addDataKey(sql, key, purpose, FIRST_VERSION, now);
  });
}

/** Makes a new version of a data key, which new data is sealed under from then on. Its number. */
export async function rotateDataKey(
  control: ControlStore,
  wrapping: KeyObject,
  purpose: Purpose,
  now: number,
): Promise<number> {
  return control.exclusively(async (sql) => {
    const newest = await sql.get('select max(version) as version from data_key where purpose = $1', purpose);
    const version = ((newest?.['version'] as number | null) ?? 0) + 1;
    await addDataKey(sql, wrapping, purpose, version, now);
    return version;
  });
}

/** Wraps all data keys under another key-encryption key, in one transaction: they all open with it, or none. */
export async function rewrapDataKeys(control: ControlStore, from: KeyObject, to: KeyObject): Promise<void> {
  await control.exclusively(async (sql) => {
    for (const { purpose, version, wrapped } of await wrappedKeys(sql)) {
      const key = unwrapped(from, purpose, version, wrapped);
      await sql.run(
        'update data_key set wrapped = $1 where purpose = $2 and version = $3',
        seal(wrappingKeys(to), placeOf(purpose, version), key.export()),
        purpose,
        version,
      );
    }
  });
}

/** Every version of every data key, newest first within a purpose. `createdAt` in ms. */
export async function dataKeyVersions(
  control: Sql,
): Promise<readonly { readonly purpose: Purpose; readonly version: number; readonly createdAt: number }[]> {
  const rows = await control.all(
    'select purpose, version, created_at from data_key order by purpose, version desc',
  );
  return rows.map((row) => ({
    purpose: row['purpose'] as Purpose,
    version: row['version'] as number,
    createdAt: row['created_at'] as number,
  }));
}

export async function hasDataKeys(control: Sql): Promise<boolean> {
  return (await control.get('select 1 as one from data_key limit 1')) !== undefined;
}

async function wrappedKeys(sql: Sql): Promise<readonly DataKeyRow[]> {
  return (await sql.all(
    'select purpose, version, wrapped from data_key order by version',
  )) as unknown as DataKeyRow[];
}

async function addDataKey(
  sql: Sql,
  wrapping: KeyObject,
  purpose: Purpose,
  version: number,
  now: number,
): Promise<void> {
  await sql.run(
    'insert into data_key (purpose, version, wrapped, created_at) values ($1, $2, $3, $4)',
    purpose,
    version,
    seal(wrappingKeys(wrapping), placeOf(purpose, version), randomBytes(32)),
    now,
  );
}

function unwrapped(wrapping: KeyObject, purpose: Purpose, version: number, wrapped: Uint8Array): KeyObject {
  try {
    return createSecretKey(unseal(wrappingKeys(wrapping), placeOf(purpose, version), wrapped));
  } catch (error) {
    throw isFailure(error, 'sealed-damaged') ? new Failure('key-wrong', undefined, error) : error;
  }
}

function wrappingKeys(key: KeyObject): SealingKeys {
  return { current: 1, byVersion: new Map([[1, key]]) };
}

function placeOf(purpose: Purpose, version: number): string {
  return `data_key|${purpose}|${version}`;
}

/** HMAC-SHA-256 under the current key of a purpose; its first `length` bytes. */
export function keyedHash(keys: SealingKeys, text: string, length?: number): Buffer {
  const key = keys.byVersion.get(keys.current);
  if (key === undefined) throw new Failure('key-missing');
  return digestBytes(createHmac('sha256', key).update(text).digest('binary'), length);
}
