import { decodeBase64, encodeBase64 } from '../base64.ts';
import { decodeUtf8, encodeUtf8 } from '../utf8.ts';
import { isSmallOrder } from './small-order.ts';
import { hasControl, isKeyName, keyIdLength, keyIdOf, type VerifierKey } from './verifier-key.ts';

/** Whether these 64 bytes are the key's signature of the message (RFC 8032, 5.1.7); a bad key signed nothing. */
export type Ed25519Verify = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;

/** The 64 bytes of a signature by the one key that the caller holds (RFC 8032, 5.1.6). */
export type Ed25519Sign = (message: Uint8Array) => Uint8Array;

export type OpenedNote =
  | { readonly kind: 'opened'; readonly text: string; readonly signedBy: readonly VerifierKey[] }
  /** `malformed`: not a note. `unsigned`: by no known key. `bad-signature`: by a known key, and not its own. */
  | { readonly kind: 'refused'; readonly reason: 'malformed' | 'unsigned' | 'bad-signature' };

type Signature = { readonly name: string; readonly keyId: string; readonly bytes: Uint8Array };

const signatureLength = 64;

/** Room for the 16 signatures that the specification asks for, post-quantum ones included. */
const longestNote = 2 ** 17;

/**
 * Opens a note (C2SP signed-note) whose text one of the keys has signed. Signatures of unknown keys are
 * ignored; one under a known key's name and id that is not its signature has the whole note refused.
 */
export function openNote(verify: Ed25519Verify, keys: readonly VerifierKey[], note: Uint8Array): OpenedNote {
  const parsed = parseNote(note);
  if (parsed === null) return { kind: 'refused', reason: 'malformed' };
  const message = encodeUtf8(parsed.text);
  const signedBy = new Set<VerifierKey>();
  for (const { name, keyId, bytes } of parsed.signatures) {
    const key = keys.find((known) => known.name === name && known.id === keyId);
    if (key === undefined) continue;
    if (!isSignature(verify, key, message, bytes)) {
      return { kind: 'refused', reason: 'bad-signature' };
    }
    signedBy.add(key);
  }
  if (signedBy.size === 0) return { kind: 'refused', reason: 'unsigned' };
  return { kind: 'opened', text: parsed.text, signedBy: [...signedBy] };
}

/** The note of this text with one signature. Throws where the text cannot stand in a note: the caller's bug. */
export function signNote(sign: Ed25519Sign, key: VerifierKey, text: string): string {
  const id = [0, 2, 4, 6].map((at) => Number.parseInt(key.id.slice(at, at + 2), 16));
  const signature = Uint8Array.of(...id, ...sign(encodeUtf8(text)));
  const note = `${text}\n— ${key.name} ${encodeBase64(signature)}\n`;
  if (parseNote(encodeUtf8(note))?.text !== text) throw new Error('This text cannot stand in a signed note.');
  return note;
}

function isSignature(
  verify: Ed25519Verify,
  { publicKey }: VerifierKey,
  message: Uint8Array,
  bytes: Uint8Array,
) {
  if (bytes.length !== signatureLength) return false;
  if (isSmallOrder(publicKey) || isSmallOrder(bytes.subarray(0, 32))) return false;
  return verify(publicKey, message, bytes);
}

function parseNote(bytes: Uint8Array): { text: string; signatures: Signature[] } | null {
  const note = bytes.length > longestNote ? null : decodeUtf8(bytes);
  if (note === null || hasControl(note.replaceAll('\n', ''))) return null;
  // The text may have empty lines: the last one is where the signatures begin.
  const end = note.lastIndexOf('\n\n') + 1;
  if (end === 0 || !note.endsWith('\n')) return null;
  const lines = note.slice(end + 1, -1).split('\n');
  const signatures = lines.map(parseSignature).filter((signature) => signature !== null);
  if (signatures.length !== lines.length) return null;
  return { text: note.slice(0, end), signatures };
}

function parseSignature(line: string): Signature | null {
  const [dash, name = '', encoded = '', ...more] = line.split(' ');
  if (dash !== '—' || !isKeyName(name) || more.length > 0) return null;
  const bytes = decodeBase64(encoded);
  if (bytes === null || bytes.length <= keyIdLength) return null;
  return { name, keyId: keyIdOf(bytes), bytes: bytes.subarray(keyIdLength) };
}
