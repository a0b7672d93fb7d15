import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import {
  type CheckpointTrust,
  type Ed25519Sign,
  type Ed25519Verify,
  formatVkey,
  type VerifierKey,
  verifierKey,
} from '@vidimus/ledger';
import { Failure } from '../failure.ts';
import type { ControlStore } from '../storage/control.ts';
import type { Keyring } from '../storage/keyring.ts';
import { isStale, seal, unseal } from '../storage/sealing.ts';
import type { Sql } from '../storage/sql.ts';
import { sha256 } from './sha256.ts';
import type { TreeKey } from './signing.ts';

/** Ed25519 signatures for the pure ledger package. */
export const ed25519Verify: Ed25519Verify = (publicKey, message, signature) =>
  verify(null, message, publicKeyOf(publicKey), signature);

export function signWith({ privateKey }: TreeKey): Ed25519Sign {
  return (message) => sign(null, message, privateKey);
}

/** The key that signs this ledger's checkpoints, and whom its checkpoints are believed from. */
export interface LedgerSigner extends TreeKey {
  readonly sign: Ed25519Sign;
  /** All keys that have ever signed, under the ledger's name. */
  readonly trust: CheckpointTrust;
  /** One vkey a line, the key in use first. */
  readonly vkeys: string;
}

interface KeyRow {
  readonly name: string;
  readonly public_key: Uint8Array;
  readonly private_key: Uint8Array;
}

/**
 * Opens the signing key of a data folder's ledger, sealed under the ledger's data key; makes it, with a name for
 * the ledger, on first use.
 */
export async function openLedgerSigner(
  control: ControlStore,
  keyring: Pick<Keyring, 'ledger'>,
  now: number,
): Promise<LedgerSigner> {
  if ((await keyRows(control)).length === 0) await makeKey(control, keyring, now);
  const rows = await keyRows(control);
  const keys = rows.map(({ name, public_key }) => known(name, public_key));
  const [row] = rows;
  const [key] = keys;
  if (row === undefined || key === undefined) throw new Failure('key-missing');
  const privateKey = createPrivateKey({
    key: unseal(keyring.ledger, placeOf(key), row.private_key),
    format: 'der',
    type: 'pkcs8',
  });
  return {
    key,
    privateKey,
    sign: signWith({ key, privateKey }),
    trust: { origin: key.name, keys },
    vkeys: `${keys.map(formatVkey).join('\n')}\n`,
  };
}

/** Signs with a new key from now on, under the same name; what the old ones signed is still believed. */
export async function rotateLedgerKey(
  control: ControlStore,
  keyring: Pick<Keyring, 'ledger'>,
  now: number,
): Promise<void> {
  const { key } = await openLedgerSigner(control, keyring, now);
  const fresh = newKey(key.name, keyring);
  await control.exclusively(async (sql) => {
    await sql.run('update ledger_key set retired_at = $1 where retired_at is null', now);
    await insertKey(sql, fresh, now);
  });
}

/** Seals the private keys under the newest data key; how many were still under an older one. */
export function resealLedgerKeys(control: ControlStore, keyring: Pick<Keyring, 'ledger'>): Promise<number> {
  return control.exclusively(async (sql) => {
    const stale = (await keyRows(sql)).filter(({ private_key }) => isStale(keyring.ledger, private_key));
    for (const row of stale) {
      const key = known(row.name, row.public_key);
      const place = placeOf(key);
      await sql.run(
        'update ledger_key set private_key = $1 where name = $2 and key_id = $3',
        seal(keyring.ledger, place, unseal(keyring.ledger, place, row.private_key)),
        key.name,
        key.id,
      );
    }
    return stale.length;
  });
}

async function keyRows(sql: Sql): Promise<readonly KeyRow[]> {
  return (await sql.all(
    'select * from ledger_key order by retired_at is not null, created_at desc',
  )) as unknown as KeyRow[];
}

async function makeKey(control: ControlStore, keyring: Pick<Keyring, 'ledger'>, now: number): Promise<void> {
  const fresh = newKey(`vidimus-ledger-${randomBytes(4).toString('hex')}`, keyring);
  await control.exclusively(async (sql) => {
    // Two processes that start together make one key: the ledger has one name for good.
    if ((await keyRows(sql)).length === 0) await insertKey(sql, fresh, now);
  });
}

interface NewKey {
  readonly key: VerifierKey;
  readonly sealed: Uint8Array;
}

function newKey(name: string, keyring: Pick<Keyring, 'ledger'>): NewKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const key = known(name, rawPublicKey(publicKey));
  const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' });
  return { key, sealed: seal(keyring.ledger, placeOf(key), pkcs8) };
}

async function insertKey(sql: Sql, { key, sealed }: NewKey, now: number): Promise<void> {
  await sql.run(
    'insert into ledger_key (name, key_id, public_key, private_key, created_at) values ($1, $2, $3, $4, $5)',
    key.name,
    key.id,
    key.publicKey,
    sealed,
    now,
  );
}

function known(name: string, publicKey: Uint8Array): VerifierKey {
  const key = verifierKey(sha256, name, publicKey);
  if (key === null) throw new Failure('sealed-damaged', 'A ledger key is not readable.');
  return key;
}

function placeOf({ name, id }: VerifierKey): string {
  return `ledger_key|${name}|${id}`;
}

/** Node takes and gives Ed25519 keys as SubjectPublicKeyInfo: 12 bytes of header and the 32 of RFC 8032. */
const SPKI_HEADER = Buffer.from('302a300506032b6570032100', 'hex');

function rawPublicKey(key: KeyObject): Uint8Array {
  return new Uint8Array(key.export({ format: 'der', type: 'spki' }).subarray(SPKI_HEADER.length));
}

function publicKeyOf(raw: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([SPKI_HEADER, raw]), format: 'der', type: 'spki' });
}
