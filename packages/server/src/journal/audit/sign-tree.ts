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
import { isYoung } from '../signing.ts';
import type { StoredCheckpoint, StoredLedger } from '../stored-ledger.ts';

/**
 * Signs the tree as it stands, unless nothing was added or the newest checkpoint, which may be that of another
 * process, is younger than `youngest` ms; gives the newest one. What is signed is what is stored: all entries since
 * the last checkpoint are read back and hashed again. When they do not give the tree that is kept, or are fewer than
 * were signed before, nothing is signed and `ledger-unreadable` tells so. `now` in ms.
 */
export async function signTree(
  stored: StoredLedger,
  signer: Pick<LedgerSigner, 'key' | 'sign'>,
  now: number,
  youngest = 0,
): Promise<StoredCheckpoint> {
  const tree = await stored.tree();
  const frontier = readFrontier(tree?.frontier);
  const at = Math.max(now, tree?.clock ?? 0);
  const isEnough = (newest: StoredCheckpoint): boolean =>
    newest.size >= frontier.size || isYoung(newest, at, youngest);
  const before = await stored.checkpointBefore(Number.MAX_SAFE_INTEGER);
  if (before !== null && before.size > frontier.size) {
    throw new Failure('ledger-unreadable', 'A checkpoint has seen more entries; run audit verify.');
  }
  if (before !== null && isEnough(before)) return before;
  if (!sameFrontier(await rehash(stored, readFrontier(before?.frontier), frontier.size), frontier)) {
    throw new Failure('ledger-unreadable', 'The stored entries do not give the tree; run audit verify.');
  }
  const note = signCheckpoint(signer.sign, signer.key, {
    origin: signer.key.name,
    size: frontier.size,
    root: root(sha256, frontier),
    extensions: [],
  });
  const checkpoint = { size: frontier.size, frontier: encodeFrontier(frontier), note, at };
  return stored.keepCheckpoint(checkpoint, isEnough);
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
