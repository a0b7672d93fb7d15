import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { leafHash, parseVkey, verifyTlogProof } from '@vidimus/ledger';
import type { ProofVerdict, ProvenEntry } from './proof.ts';

/** See `verifyProof`; the cryptography is a script's, because browsers have none that answers at once. */
export function checkProof({ leaf, proof }: ProvenEntry, vkey: string): ProofVerdict {
  const key = parseVkey(sha256, vkey.trim());
  if (key === null) return { kind: 'refused', reason: 'bad-key' };
  const utf8 = new TextEncoder();
  const verdict = verifyTlogProof(
    sha256,
    isSignature,
    { origin: key.name, keys: [key] },
    leafHash(sha256, utf8.encode(leaf)),
    utf8.encode(proof),
  );
  if (verdict.kind === 'refused') return verdict;
  const { size, root } = verdict.checkpoint;
  return { kind: 'proven', index: verdict.index, size, root: btoa(String.fromCharCode(...root)) };
}

function isSignature(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    // RFC 8032 to the letter, as the other verifiers of the ledger have it; the library's default is ZIP 215.
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}
