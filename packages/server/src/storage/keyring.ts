import { createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { Failure, isFailure } from '../failure.ts';
import { makeKeyFile, readKeyFile } from './key-file.ts';
import { type SealingKeys, seal, unseal } from './sealing.ts';
import { type DatabaseSync, immediately } from './sqlite.ts';

/** What a data key is for. `subject` and `credential` key a hash, the others seal. */
const PURPOSES = ['register', 'ledger', 'tokens', 'subject', 'credential'] as const;
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

/**
 * Opens the data keys kept in `db` with the key-encryption key in `keyFile`; on first use makes both.
 * A key file is never made anew while data keys exist: that would lock the data away for good.
 */
export function openKeyring(db: DatabaseSync, keyFile: string, now: number): Keyring {
  const anyKey = db.prepare('select 1 from data_key limit 1');
  let wrapping = readKeyFile(keyFile);
  if (wrapping === null) {
    if (anyKey.get() !== undefined) throw new Failure('key-missing', `Expected at ${keyFile}.`);
    wrapping = makeKeyFile(keyFile);
  }
  const wrappingKeys: SealingKeys = { current: 1, byVersion: new Map([[1, wrapping]]) };
  makeMissingKeys(db, wrappingKeys, now);
  const rows = db.prepare('select purpose, version, wrapped from data_key order by version').all();
  return unwrap(rows as unknown as DataKeyRow[], wrappingKeys);
}

function makeMissingKeys(db: DatabaseSync, wrapping: SealingKeys, now: number): void {
  const has = db.prepare('select 1 from data_key where purpose = ?');
  if (PURPOSES.every((purpose) => has.get(purpose) !== undefined)) return;
  immediately(db, () => {
    const insert = db.prepare(
      'insert into data_key (purpose, version, wrapped, created_at) values (?, 1, ?, ?) on conflict do nothing',
    );
    for (const purpose of PURPOSES) {
      if (has.get(purpose) === undefined) {
        insert.run(purpose, seal(wrapping, placeOf(purpose, 1), randomBytes(32)), now);
      }
    }
  });
}

function unwrap(rows: readonly DataKeyRow[], wrapping: SealingKeys): Keyring {
  const ring = Object.fromEntries(
    PURPOSES.map((purpose) => [purpose, { current: 0, byVersion: new Map<number, KeyObject>() }]),
  ) as Record<Purpose, { current: number; byVersion: Map<number, KeyObject> }>;
  for (const { purpose, version, wrapped } of rows) {
    try {
      const key = createSecretKey(unseal(wrapping, placeOf(purpose, version), wrapped));
      ring[purpose].byVersion.set(version, key);
      ring[purpose].current = version;
    } catch (error) {
      throw isFailure(error, 'sealed-damaged') ? new Failure('key-wrong', undefined, error) : error;
    }
  }
  return ring;
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
