import { decodeBase64, encodeBase64 } from '../base64.ts';
import type { Sha256 } from '../tree-hash.ts';
import { encodeUtf8 } from '../utf8.ts';
import { hexOf } from './small-order.ts';

/** An Ed25519 key that signs notes, as those who verify them know it. */
export type VerifierKey = {
  readonly name: string;
  /** Four bytes as eight hexadecimal digits: tells keys apart, proves nothing. */
  readonly id: string;
  /** 32 bytes (RFC 8032). */
  readonly publicKey: Uint8Array;
};

const ed25519 = 0x01;
const publicKeyLength = 32;
export const keyIdLength = 4;

const vkey = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/u;
const spaceOrPlus = /[+\p{White_Space}]/u;

/**
 * A key by its name and its 32 bytes, with the id that C2SP signed-note derives: the first four bytes of
 * SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key). Null where the name is empty or has spaces, plus or control
 * characters, or the key another length.
 */
export function verifierKey(sha256: Sha256, name: string, publicKey: Uint8Array): VerifierKey | null {
  if (!isKeyName(name) || publicKey.length !== publicKeyLength) return null;
  const digest = sha256(Uint8Array.of(...encodeUtf8(name), 0x0a, ed25519, ...publicKey));
  return { name, id: keyIdOf(digest), publicKey };
}

/** `<name>+<id>+<base64 of 0x01 ‖ public key>`, the form that golang.org/x/mod/sumdb/note made usual. */
export function formatVkey({ name, id, publicKey }: VerifierKey): string {
  return `${name}+${id}+${encodeBase64(Uint8Array.of(ed25519, ...publicKey))}`;
}

/** Reads what `formatVkey` writes. Null for any other text, another key type or an id of another key. */
export function parseVkey(sha256: Sha256, text: string): VerifierKey | null {
  const [, name = '', id, encoded = ''] = vkey.exec(text) ?? [];
  const bytes = decodeBase64(encoded);
  if (bytes === null || bytes[0] !== ed25519) return null;
  const key = verifierKey(sha256, name, bytes.subarray(1));
  return key?.id === id ? key : null;
}

/** The first four bytes in the spelling of a key id. */
export function keyIdOf(bytes: Uint8Array): string {
  return hexOf(bytes.subarray(0, keyIdLength));
}

/** C2SP signed-note, Format: not empty, no Unicode space, no plus, and no note has control characters. */
export function isKeyName(name: string): boolean {
  return name !== '' && name.isWellFormed() && !spaceOrPlus.test(name) && !hasControl(name);
}

/** Whether there is a character below U+0020; the caller deals with newlines. */
export function hasControl(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) < 0x20) return true;
  return false;
}
