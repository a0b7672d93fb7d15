import type { CheckpointRefusal } from '@vidimus/ledger';

/** An entry of the ledger with the proof that it is in there, as the server or `vidimus audit prove` gives it. */
export interface ProvenEntry {
  /** The exact text of the leaf. */
  readonly leaf: string;
  /** C2SP tlog-proof. */
  readonly proof: string;
}

export type ProofVerdict =
  /** The leaf stands at `index` (from 0) of the ledger's first `size` entries; `root` is their root in base64. */
  | { readonly kind: 'proven'; readonly index: number; readonly size: number; readonly root: string }
  /** `bad-key` is the vkey; everything else is about the proof. */
  | { readonly kind: 'refused'; readonly reason: CheckpointRefusal | 'not-included' | 'bad-key' };
