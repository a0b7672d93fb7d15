import { randomBytes, randomUUID } from 'node:crypto';
import { crc32 } from 'node:zlib';

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SECRET_BYTES = 32;
const ID_LETTERS = 20;
/** 32 bytes are at most 43 digits to the base 62, and a CRC-32 at most 6. */
const KEY_DIGITS = 43;
const CHECKSUM_DIGITS = 6;

const API_KEY_PREFIX = 'vdm_';

/** A new id: the prefix, and 100 random bits as 20 letters of base 32. Not a secret. */
export function makeId(prefix: 'acc_' | 'app_' | 'bat_' | 'crd_'): string {
  return prefix + Array.from(randomBytes(ID_LETTERS), (byte) => BASE32.charAt(byte & 31)).join('');
}

/** A new OAuth client id. The broker's client ids are GUIDs, and clients may store them in such a column. */
export function makeClientId(): string {
  return randomUUID();
}

/** A new client secret or app key: 32 random bytes in base64url. */
export function makeSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/**
 * A new API key: `vdm_`, 32 random bytes as 43 digits to the base 62, and the checksum of all that. Prefix and
 * checksum let a scanner recognise a leaked key without asking us.
 */
export function makeApiKey(): string {
  const body = API_KEY_PREFIX + base62(BigInt(`0x${randomBytes(SECRET_BYTES).toString('hex')}`), KEY_DIGITS);
  return body + apiKeyChecksum(body);
}

/**
 * The last six characters of an API key: CRC-32 (the polynomial of zlib) over the ASCII letters of everything
 * before them, prefix included, as a number to the base 62 with the digits 0–9, A–Z, a–z, filled up with zeros.
 */
export function apiKeyChecksum(body: string): string {
  return base62(BigInt(crc32(body)), CHECKSUM_DIGITS);
}

/** What an API key is called where it must not be shown: its checksum, which tells 32 of its 256 bits. */
export function apiKeyName(key: string): string {
  return key.slice(-CHECKSUM_DIGITS);
}

function base62(value: bigint, digits: number): string {
  let rest = value;
  let text = '';
  for (let at = 0; at < digits; at += 1) {
    text = BASE62.charAt(Number(rest % 62n)) + text;
    rest /= 62n;
  }
  return text;
}
