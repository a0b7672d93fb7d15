import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import { Failure } from '../failure.ts';
import { freshBytes } from './fresh-bytes.ts';

const ALGORITHM = 'aes-256-gcm';
const VERSION_BYTES = 2;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = VERSION_BYTES + NONCE_BYTES;

/** The keys of one purpose: every version still needed to read, and the one that new data is sealed under. */
export interface SealingKeys {
  readonly current: number;
  readonly byVersion: ReadonlyMap<number, KeyObject>;
}

/**
 * Seals `plain` with AES-256-GCM. `place` names where the result is kept (table and row key) and is
 * authenticated with it, so that a sealed value moved to another row does not open there.
 * Layout: key version (2 bytes, big-endian), nonce (12), ciphertext, tag (16).
 */
export function seal(keys: SealingKeys, place: string, plain: Uint8Array): Buffer {
  const sealed = Buffer.allocUnsafe(HEADER_BYTES + plain.length + TAG_BYTES);
  sealed.writeUInt16BE(keys.current);
  freshBytes(NONCE_BYTES).copy(sealed, VERSION_BYTES);
  const nonce = sealed.subarray(VERSION_BYTES, HEADER_BYTES);
  const cipher = createCipheriv(ALGORITHM, keyOf(keys, keys.current), nonce);
  cipher.setAAD(Buffer.from(`${keys.current}|${place}`));
  cipher.update(plain).copy(sealed, HEADER_BYTES);
  cipher.final();
  cipher.getAuthTag().copy(sealed, HEADER_BYTES + plain.length);
  return sealed;
}

/** Opens what {@link seal} made for the same place; throws `sealed-damaged` when a single bit differs. */
export function unseal(keys: SealingKeys, place: string, sealed: Uint8Array): Buffer {
  if (sealed.length < HEADER_BYTES + TAG_BYTES) throw new Failure('sealed-damaged');
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  const version = bytes.readUInt16BE(0);
  const decipher = createDecipheriv(
    ALGORITHM,
    keyOf(keys, version),
    bytes.subarray(VERSION_BYTES, HEADER_BYTES),
  );
  decipher.setAAD(Buffer.from(`${version}|${place}`));
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  try {
    const plain = decipher.update(bytes.subarray(HEADER_BYTES, bytes.length - TAG_BYTES));
    const rest = decipher.final();
    return rest.length === 0 ? plain : Buffer.concat([plain, rest]);
  } catch (error) {
    throw new Failure('sealed-damaged', undefined, error);
  }
}

/** Whether a sealed value is still under an older version of its key. */
export function isStale(keys: SealingKeys, sealed: Uint8Array): boolean {
  return Buffer.from(sealed.buffer, sealed.byteOffset, VERSION_BYTES).readUInt16BE(0) !== keys.current;
}

function keyOf(keys: SealingKeys, version: number): KeyObject {
  const key = keys.byVersion.get(version);
  if (key === undefined) throw new Failure('sealed-damaged', `It names the unknown key version ${version}.`);
  return key;
}
