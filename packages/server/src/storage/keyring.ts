import { createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { Failure, isFailure } from '../failure.ts';
import { type SealingKeys, seal, unseal } from './sealing.ts';
import { type DatabaseSync, immediately } from './sqlite.ts';

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
  readonly refresh: () => boolean;
}

/**
 * Opens the data keys kept in `db` with the key-encryption key; makes those that are missing. `wrapping` is asked
 * again for every new version, because the key-encryption key may have been replaced since. Fails with
 * `key-wrong` when it is another one.
 */
export function openKeyring(db: DatabaseSync, wrapping: () => KeyObject, now: number): OpenKeyring {
  for (const purpose of PURPOSES) {
    if (newestVersion(db, purpose) === null) addDataKey(db, wrapping(), purpose, FIRST_VERSION, now);
  }
  const keys = Object.fromEntries(
    PURPOSES.map((purpose) => [purpose, { current: 0, byVersion: new Map<number, KeyObject>() }]),
  ) as Record<Purpose, { current: number; byVersion: Map<number, KeyObject> }>;
  const select = db.prepare('select purpose, version, wrapped from data_key order by version');

  function refresh(): boolean {
    let hasNew = false;
    for (const { purpose, version, wrapped } of select.all() as unknown as DataKeyRow[]) {
      const ring = keys[purpose];
      if (ring.byVersion.has(version)) continue;
      ring.byVersion.set(version, unwrapped(wrapping(), purpose, version, wrapped));
      ring.current = version;
      hasNew = true;
    }
    return hasNew;
  }
  refresh();
  return { keys, refresh };
}

/** Makes a new version of a data key, which new data is sealed under from then on. Its number. */
export function rotateDataKey(db: DatabaseSync, wrapping: KeyObject, purpose: Purpose, now: number): number {
  const version = (newestVersion(db, purpose) ?? 0) + 1;
  addDataKey(db, wrapping, purpose, version, now);
  return version;
}

/** Wraps all data keys under another key-encryption key, in one transaction: they all open with it, or none. */
export function rewrapDataKeys(db: DatabaseSync, from: KeyObject, to: KeyObject): void {
  immediately(db, () => {
    const update = db.prepare('update data_key set wrapped = ? where purpose = ? and version = ?');
    const rows = db
      .prepare('select purpose, version, wrapped from data_key')
      .all() as unknown as DataKeyRow[];
    for (const { purpose, version, wrapped } of rows) {
      const key = unwrapped(from, purpose, version, wrapped);
      update.run(seal(wrappingKeys(to), placeOf(purpose, version), key.export()), purpose, version);
    }
  });
}

/** Every version of every data key, newest first within a purpose. `createdAt` in ms. */
export function dataKeyVersions(
  db: DatabaseSync,
): readonly { readonly purpose: Purpose; readonly version: number; readonly createdAt: number }[] {
  const rows = db
    .prepare('select purpose, version, created_at from data_key order by purpose, version desc')
    .all();
  return rows.map((row) => ({
    purpose: row['purpose'] as Purpose,
    version: row['version'] as number,
    createdAt: row['created_at'] as number,
  }));
}

export function hasDataKeys(db: DatabaseSync): boolean {
  return db.prepare('select 1 from data_key limit 1').get() !== undefined;
}

function newestVersion(db: DatabaseSync, purpose: Purpose): number | null {
  const row = db.prepare('select max(version) as version from data_key where purpose = ?').get(purpose);
  return (row?.['version'] as number | null) ?? null;
}

/** When another process made the same version first, that one stands. */
function addDataKey(
  db: DatabaseSync,
  wrapping: KeyObject,
  purpose: Purpose,
  version: number,
  now: number,
): void {
  const wrapped = seal(wrappingKeys(wrapping), placeOf(purpose, version), randomBytes(32));
  immediately(db, () => {
    db.prepare(
      'insert into data_key (purpose, version, wrapped, created_at) values (?, ?, ?, ?) on conflict do nothing',
    ).run(purpose, version, wrapped, now);
  });
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

/** HMAC-SHA-256 under the current key of a purpose. */
export function keyedHash(keys: SealingKeys, text: string): Buffer {
  const key = keys.byVersion.get(keys.current);
  if (key === undefined) throw new Failure('key-missing');
  return createHmac('sha256', key).update(text).digest();
}
