import { emptyRoot, nodeHash, type Sha256 } from './tree-hash.ts';

/**
 * What must be kept of a tree to append to it and to tell its root: the roots of its complete subtrees,
 * largest first, one for each binary one in `size`. Never changed in place: `append` gives a new frontier, so
 * that one kept from before a rolled back transaction is still good.
 */
export type Frontier = {
  /** The number of leaves, at most `Number.MAX_SAFE_INTEGER`. */
  readonly size: number;
  readonly subtrees: readonly Uint8Array[];
};

export function emptyFrontier(): Frontier {
  return { size: 0, subtrees: [] };
}

/** Is told of each subtree that a leaf completes, smallest first; see `Subtree` for height and index. */
export type OnComplete = (height: number, index: number, root: Uint8Array) => void;

/** The frontier with one more leaf, given as its leaf hash: one node hash on average, log2(size) at most. */
export function append(
  sha256: Sha256,
  frontier: Frontier,
  leafHash: Uint8Array,
  onComplete?: OnComplete,
): Frontier {
  const { size, subtrees } = frontier;
  // Adding one to the size carries through its trailing ones; each carry joins two subtrees of equal size.
  const carries = trailingOnes(size);
  let joined = leafHash;
  for (let height = 1; height <= carries; height += 1) {
    joined = nodeHash(sha256, subtrees[subtrees.length - height] as Uint8Array, joined);
    onComplete?.(height, (size + 1) / 2 ** height - 1, joined);
  }
  return { size: size + 1, subtrees: [...subtrees.slice(0, subtrees.length - carries), joined] };
}

/** The root of the tree, 32 bytes: MTH(D[n]) of RFC 6962, 2.1. */
export function root(sha256: Sha256, frontier: Frontier): Uint8Array {
  if (frontier.size === 0) return emptyRoot(sha256);
  return frontier.subtrees.reduceRight((right, left) => nodeHash(sha256, left, right));
}

function trailingOnes(size: number): number {
  let ones = 0;
  for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) ones += 1;
  return ones;
}
