import {
  decodeFrontier,
  formatTlogProof,
  inclusionPath,
  leafHash,
  root,
  verifyInclusion,
} from '@vidimus/ledger';
import { Failure } from '../../failure.ts';
import type { LedgerSigner } from '../ledger-signer.ts';
import { sha256 } from '../sha256.ts';
import type { StoredLedger } from '../stored-ledger.ts';
import { walkTree } from './read-subtrees.ts';
import { signTree } from './sign-tree.ts';

export interface EntryProof {
  readonly entry: number;
  /** The exact text of the leaf: what the proof is about. */
  readonly leaf: string;
  /** C2SP tlog-proof with the checkpoint that it leads to. */
  readonly proof: string;
}

/** Proves that an entry is in the ledger, to everybody who has its vkey. Fails with `entry-unknown` without it. */
export async function proveEntry(
  stored: StoredLedger,
  signer: LedgerSigner,
  entry: number,
  now: number,
): Promise<EntryProof> {
  const row = await stored.entry(entry);
  if (row === null) throw new Failure('entry-unknown');
  const { size, note, frontier: encoded } = await signTree(stored, signer, now);
  const index = entry - 1;
  const path = await walkTree(stored, (rootAt) => inclusionPath(sha256, rootAt, index, size));
  const frontier = decodeFrontier(encoded);
  if (path === null || frontier === null) throw new Failure('ledger-unreadable');
  // What is read for a proof is not all that was signed: nothing is handed out that nobody could verify.
  const proof = { leafHash: leafHash(sha256, row.leaf), index, size, root: root(sha256, frontier), path };
  if (!verifyInclusion(sha256, proof)) {
    throw new Failure('ledger-unreadable', 'What is kept does not give the tree; run audit verify.');
  }
  return {
    entry,
    leaf: Buffer.from(row.leaf).toString('utf8'),
    proof: formatTlogProof({ extra: null, index, path, checkpoint: note }),
  };
}
