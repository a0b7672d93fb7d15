import {
  append,
  decodeFrontier,
  emptyFrontier,
  encodeFrontier,
  type Frontier,
  leafHash,
  root,
  signCheckpoint,
} from '@vidimus/ledger';
import { Failure } from '../../failure.ts';
import type { LedgerSigner } from '../ledger-signer.ts';
import { sha256 } from '../sha256.ts';
import type { StoredCheckpoint, StoredLedger } from '../stored-ledger.ts';

/**
 * Signs the tree as it stands, unless that was done. What is signed is what is stored: all entries since the last
 * checkpoint are read back and hashed again, and when they do not give the tree that is kept, nothing is signed
 * and `ledger-unreadable` tells so. `now` in ms.
 */
export async function signTree(
  stored: StoredLedger,
  signer: LedgerSigner,
  now: number,
): Promise<StoredCheckpoint> {
  const tree = await stored.tree();
  const frontier = readFrontier(tree?.frontier);
  const before = await stored.checkpointBefore(frontier.size);
  if (before?.size === frontier.size) return before;
  if (!sameFrontier(await rehash(stored, readFrontier(before?.frontier), frontier.size), frontier)) {
    throw new Failure('ledger-unreadable', 'The stored entries do not give the tree; run audit verify.');
  }
  const note = signCheckpoint(signer.sign, signer.key, {
    origin: signer.key.name,
    size: frontier.size,
    root: root(sha256, frontier),
    extensions: [],
  });
  const checkpoint = {
    size: frontier.size,
    frontier: encodeFrontier(frontier),
    note,
    at: Math.max(now, tree?.clock ?? 0),
  };
  await stored.keepCheckpoint(checkpoint);
  return checkpoint;
}

/** The tree of `size` entries, from one that was signed and the entries behind it as they are stored now. */
async function rehash(stored: StoredLedger, signed: Frontier, size: number): Promise<Frontier> {
  let frontier = signed;
  for await (const page of stored.entriesAfter(signed.size)) {
    for (const { leaf } of page) {
      if (frontier.size === size) return frontier;
      frontier = append(sha256, frontier, leafHash(sha256, leaf));
    }
  }
  return frontier;
}

function readFrontier(bytes: Uint8Array | undefined): Frontier {
  const frontier = bytes === undefined ? emptyFrontier() : decodeFrontier(bytes);
  if (frontier === null) throw new Failure('ledger-unreadable', 'The tree is not readable.');
  return frontier;
}

function sameFrontier(a: Frontier, b: Frontier): boolean {
  return Buffer.from(encodeFrontier(a)).equals(encodeFrontier(b));
}
