import { formatTlogProof, inclusionPath } from '@vidimus/ledger';
import { Failure } from '../../failure.ts';
import type { LedgerSigner } from '../ledger-signer.ts';
import { sha256 } from '../sha256.ts';
import type { StoredLedger } from '../stored-ledger.ts';
import { signTree } from './sign-tree.ts';

export interface EntryProof {
  readonly entry: number;
  /** The exact text of the leaf: what the proof is about. */
  readonly leaf: string;
  /** C2SP tlog-proof with the checkpoint that it leads to. */
  readonly proof: string;
}

const HASH_BYTES = 32;

/** Proves that an entry is in the ledger, to everybody who has its vkey. Fails with `entry-unknown` without it. */
export async function proveEntry(
  stored: StoredLedger,
  signer: LedgerSigner,
  entry: number,
  now: number,
): Promise<EntryProof> {
  const row = await stored.entry(entry);
  if (row === null) throw new Failure('entry-unknown');
  const { size, note } = await signTree(stored, signer, now);
  const hashes = await stored.hashes(size);
  const hashAt = (index: number) => hashes.slice(index * HASH_BYTES, (index + 1) * HASH_BYTES);
  const path = inclusionPath(sha256, hashAt, entry - 1, size);
  if (path === null) throw new Failure('ledger-unreadable');
  return {
    entry,
    leaf: Buffer.from(row.leaf).toString('utf8'),
    proof: formatTlogProof({ extra: null, index: entry - 1, path, checkpoint: note }),
  };
}
