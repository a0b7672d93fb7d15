import type { SubtreeRootAt } from './range-root.ts';
import { hashLength, nodeHash, type Sha256 } from './tree-hash.ts';

/** A complete subtree: the `2 ** height` leaves from `index * 2 ** height` (from 0) on. */
export type Subtree = {
  readonly height: number;
  readonly index: number;
};

/**
 * Whoever keeps the roots of the complete subtrees of every eighth height finds any other root over 128 of them at most.
 * These are the hashes that the tiles of C2SP tlog-tiles begin with; one for 255 leaves.
 */
export const KEPT_LEVELS = 8;

/** Whether the roots of this height are kept beside the leaf hashes. */
export function isKept(height: number): boolean {
  return height > 0 && height % KEPT_LEVELS === 0;
}

/** The root over the roots of subtrees that follow each other: as many as a power of two, all of one height. */
export function joinedRoot(sha256: Sha256, roots: readonly Uint8Array[]): Uint8Array {
  let level = roots;
  while (level.length > 1) {
    const below = level;
    level = Array.from({ length: below.length / 2 }, (_, at) =>
      nodeHash(sha256, below[2 * at] as Uint8Array, below[2 * at + 1] as Uint8Array),
    );
  }
  return level[0] as Uint8Array;
}

/**
 * The subtrees that a walk asks for, so that they can be read before it: which ones they are does not depend on their
 * roots. The walk is done once with roots of zeros.
 */
export function subtreesAsked(walk: (rootAt: SubtreeRootAt) => unknown): Subtree[] {
  const asked: Subtree[] = [];
  walk((height, index) => {
    asked.push({ height, index });
    return new Uint8Array(hashLength);
  });
  return asked;
}
