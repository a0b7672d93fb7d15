import { nodeHash, type Sha256 } from './tree-hash.ts';

/** The leaf hash, 32 bytes, at an index counted from 0; asked only for leaves of the tree. */
export type LeafHashAt = (index: number) => Uint8Array;

/** The largest power of two below `size` (2 or more): where RFC 6962, 2.1 splits a tree of that size. */
export function splitPoint(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/**
 * MTH(D[from:to]) of RFC 6962, 2.1: the root over the leaves `from` (included) to `to` (excluded), one at
 * least. The recursion is as deep as the tree is high.
 */
export function rangeRoot(sha256: Sha256, leafHashAt: LeafHashAt, from: number, to: number): Uint8Array {
  if (to - from === 1) return leafHashAt(from);
  const middle = from + splitPoint(to - from);
  return nodeHash(
    sha256,
    rangeRoot(sha256, leafHashAt, from, middle),
    rangeRoot(sha256, leafHashAt, middle, to),
  );
}
