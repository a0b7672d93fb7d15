import { rangeRoot, type SubtreeRootAt, splitPoint } from './range-root.ts';
import { siblingSides } from './sibling-sides.ts';
import { hashLength, nodeHash, type Sha256, sameHash } from './tree-hash.ts';

export type InclusionProof = {
  leafHash: Uint8Array;
  index: number;
  size: number;
  root: Uint8Array;
  path: readonly Uint8Array[];
};

/**
 * The audit path for the leaf at `index` (from 0) in the tree of the first `size` leaves, from the leaf's
 * sibling to the root's child: PATH(m, D[n]) of RFC 6962, 2.1.1. Null if the tree has no such leaf. Asks
 * for at most two subtrees per level of the tree.
 */
export function inclusionPath(
  sha256: Sha256,
  rootAt: SubtreeRootAt,
  index: number,
  size: number,
): Uint8Array[] | null {
  if (!isLeafOf(index, size)) return null;
  const path: Uint8Array[] = [];
  let from = 0;
  let to = size;
  while (to - from > 1) {
    const middle = from + splitPoint(to - from);
    if (index < middle) {
      path.push(rangeRoot(sha256, rootAt, middle, to));
      to = middle;
    } else {
      path.push(rangeRoot(sha256, rootAt, from, middle));
      from = middle;
    }
  }
  return path.reverse();
}

/**
 * Whether the path leads from the leaf hash to the root: RFC 9162, 2.1.3.2. `size` and `root` must come from
 * one trusted checkpoint: a path does not bind the size by itself, since trees of several sizes have the same
 * shape above a leaf.
 */
export function verifyInclusion(sha256: Sha256, proof: InclusionProof): boolean {
  const { leafHash, index, size, root, path } = proof;
  if (!isLeafOf(index, size)) return false;
  // Joined into a node, a shorter hash would count as one filled up with zeros, and a longer one would throw.
  if (leafHash.length !== hashLength || path.some((hash) => hash.length !== hashLength)) return false;

  const sides = siblingSides(index, size - 1);
  if (sides.length !== path.length) return false;
  const reached = path.reduce(
    (hash, sibling, step) =>
      sides[step] === 'left' ? nodeHash(sha256, sibling, hash) : nodeHash(sha256, hash, sibling),
    leafHash,
  );
  return sameHash(reached, root);
}

function isLeafOf(index: number, size: number): boolean {
  return Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size;
}
