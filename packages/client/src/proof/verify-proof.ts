import type { ProofVerdict, ProvenEntry } from './proof.ts';

/**
 * Whether the entry is in the ledger of this key, without asking anybody. `vkey` must come from a source that is
 * trusted, never with the proof itself.
 */
export async function verifyProof(entry: ProvenEntry, vkey: string): Promise<ProofVerdict> {
  // Three quarters of this package are the curve, and most callers never check a proof.
  const { checkProof } = await import('./check-proof.ts');
  return checkProof(entry, vkey);
}
