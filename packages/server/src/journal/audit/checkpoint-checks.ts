import { type CheckpointTrust, encodeFrontier, type Frontier, openCheckpoint, root } from '@vidimus/ledger';
import { Failure } from '../../failure.ts';
import { ed25519Verify } from '../ledger-signer.ts';
import { sha256 } from '../sha256.ts';
import type { StoredCheckpoint } from '../stored-ledger.ts';

/** A checkpoint that the ledger is held against: at its size, the tree must have had its root. */
interface Expected {
  readonly size: number;
  readonly root: Uint8Array;
  /** As the store keeps it beside the note; null for a checkpoint that was kept elsewhere. */
  readonly frontier: Uint8Array | null;
}

export type CheckpointChecks =
  | {
      readonly kind: 'checks';
      /** The largest size that some checkpoint has seen. */
      readonly largest: number;
      /** Why the tree at this size is not the one that was signed; null when it is, or when nobody signed it. */
      readonly troubleAt: (frontier: Frontier) => string | null;
    }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Opens the checkpoints in the store, and an older one that was kept outside of it, so that cutting the ledger
 * or rolling it back shows even where database and keys were copied back together.
 */
export function checkpointChecks(
  stored: readonly StoredCheckpoint[],
  trust: CheckpointTrust,
  older: Uint8Array | null,
): CheckpointChecks {
  const expected: Expected[] = [];
  for (const { size, frontier, note } of stored) {
    const opened = openCheckpoint(ed25519Verify, trust, Buffer.from(note));
    if (opened.kind === 'refused' || opened.checkpoint.size !== size) {
      return { kind: 'refused', reason: `the checkpoint of size ${size} is not signed by this ledger` };
    }
    expected.push({ size, root: opened.checkpoint.root, frontier });
  }
  if (older !== null) {
    const opened = openCheckpoint(ed25519Verify, trust, older);
    if (opened.kind === 'refused') {
      if (opened.reason === 'malformed') throw new Failure('input-invalid', 'That file is no checkpoint.');
      return { kind: 'refused', reason: `the older checkpoint is refused (${opened.reason})` };
    }
    expected.push({ size: opened.checkpoint.size, root: opened.checkpoint.root, frontier: null });
  }
  const bySize = Map.groupBy(expected, ({ size }) => size);
  return {
    kind: 'checks',
    largest: Math.max(0, ...bySize.keys()),
    troubleAt(frontier) {
      for (const signed of bySize.get(frontier.size) ?? []) {
        const sameRoot = Buffer.from(signed.root).equals(root(sha256, frontier));
        const sameKept =
          signed.frontier === null || Buffer.from(signed.frontier).equals(encodeFrontier(frontier));
        if (!sameRoot || !sameKept) return 'the tree up to it is not the one that was signed';
      }
      return null;
    },
  };
}
