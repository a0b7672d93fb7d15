import { encodeBase64 } from '../src/base64.ts';
import { parseJsonObject } from '../src/export/json-object.ts';
import { type CheckpointRefusal, leafHash, parseTrust, verifyTlogProof } from '../src/index.ts';
import { decodeUtf8 } from '../src/utf8.ts';
import { ed25519Verify, sha256 } from './verify-folder.ts';

/** Why a proof shows nothing, in words that follow "The entry is not shown to be in the ledger:". */
export const proofFaults = {
  'key-malformed': 'the key is no verifier key',
  'proof-malformed': 'this is no proof that `vidimus audit prove ENTRY --json` printed',
  'proof-unsigned': 'its checkpoint is not signed by the key',
  'proof-bad-signature': 'its checkpoint has a wrong signature',
  'proof-wrong-origin': 'its checkpoint is that of another ledger',
  'not-included': 'the proof does not lead from the entry to the checkpoint',
  'entry-number': 'the proof is that of another entry',
} as const satisfies Record<`proof-${CheckpointRefusal}`, string> & Record<string, string>;

export type ProofVerification =
  | {
      readonly kind: 'included';
      readonly entry: number;
      /** How many entries the checkpoint counts. */
      readonly entries: number;
      /** Base64, as in the checkpoint. */
      readonly root: string;
      readonly origin: string;
    }
  | { readonly kind: 'damaged'; readonly reason: keyof typeof proofFaults };

/** Verifies what `audit prove ENTRY --json` printed, for who trusts these keys; both are contents of files. */
export function verifyProof(document: Uint8Array, vkey: Uint8Array): ProofVerification {
  const trust = parseTrust(sha256, vkey);
  if (trust === null) return { kind: 'damaged', reason: 'key-malformed' };
  const text = decodeUtf8(document)?.replace(/\n$/, '') ?? '';
  const { entry, leaf, proof } = parseJsonObject(text, ['entry', 'leaf', 'proof']) ?? {};
  if (typeof entry !== 'number' || typeof leaf !== 'string' || typeof proof !== 'string') {
    return { kind: 'damaged', reason: 'proof-malformed' };
  }
  const hash = leafHash(sha256, Buffer.from(leaf));
  const verdict = verifyTlogProof(sha256, ed25519Verify, trust, hash, Buffer.from(proof));
  if (verdict.kind === 'refused') {
    const { reason } = verdict;
    return { kind: 'damaged', reason: reason === 'not-included' ? reason : `proof-${reason}` };
  }
  if (verdict.index + 1 !== entry) return { kind: 'damaged', reason: 'entry-number' };
  const { size, root, origin } = verdict.checkpoint;
  return { kind: 'included', entry, entries: size, root: encodeBase64(root), origin };
}
