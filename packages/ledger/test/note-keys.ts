import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { Ed25519Sign, Ed25519Verify } from '../src/note/signed-note.ts';
import { parseVkey, type VerifierKey, verifierKey } from '../src/note/verifier-key.ts';
import { sha256 } from './reference-tree.ts';

/** Somebody who signs notes. */
export type Signer = { readonly key: VerifierKey; readonly sign: Ed25519Sign };

const spki = Buffer.from('302a300506032b6570032100', 'hex');
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

export const ed25519Verify: Ed25519Verify = (publicKey, message, signature) => {
  const key = createPublicKey({ key: Buffer.concat([spki, publicKey]), format: 'der', type: 'spki' });
  return verify(null, message, key, signature);
};

/** The signer of a name with this seed, 32 bytes. */
export function signerOf(name: string, seed: Uint8Array): Signer {
  const secret = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' });
  const key = verifierKey(sha256, name, publicKeyOf(secret));
  if (key === null) throw new Error(`${name} is no name of a key`);
  return { key, sign: (message) => sign(null, message, secret) };
}

function publicKeyOf(secret: KeyObject): Uint8Array {
  return createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(spki.length);
}

export function knownKey(vkey: string): VerifierKey {
  const key = parseVkey(sha256, vkey);
  if (key === null) throw new Error(`${vkey} is no vkey`);
  return key;
}

/** The keys of the tests of golang.org/x/mod/sumdb/note, and of the Go checksum database itself. */
export const peter = {
  vkey: 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  seed: Buffer.from('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz', 'base64').subarray(1),
};
export const enoch = { vkey: 'EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop' };
export const checksumDatabase = {
  vkey: 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8',
  origin: 'go.sum database tree',
};
