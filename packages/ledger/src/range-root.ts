import { nodeHash, type Sha256 } from './tree-hash.ts';

/**
 * The root, 32 bytes, of a complete subtree: that of the `2 ** height` leaves from `index * 2 ** height` (from 0) on. At
 * height 0 it is a leaf hash. Asked only for subtrees of the tree.
 */
export type SubtreeRootAt = (height: number, index: number) => Uint8Array;

/** The largest power of two below `size` (2 or more): where RFC 6962, 2.1 splits a tree of that size. */
export function splitPoint(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/**
 * MTH(D[from:to]) of RFC 6962, 2.1: the root over the leaves `from` (included) to `to` (excluded), one at least. It must
 * be a range that the splits of a tree lead to, so that the complete subtrees in it begin at multiples of their sizes.
 */
export function rangeRoot(sha256: Sha256, rootAt: SubtreeRootAt, from: number, to: number): Uint8Array {
  const height = heightOf(to - from);
  if (height !== null) return rootAt(height, from / 2 ** height);
  const middle = from + splitPoint(to - from);
  return nodeHash(sha256, rangeRoot(sha256, rootAt, from, middle), rangeRoot(sha256, rootAt, middle, to));
}

/** Of a complete subtree with so many leaves; null when none has. */
function heightOf(size: number): number | null {
  let height = 0;
  let complete = 1;
  while (complete < size) {
    complete *= 2;
    height += 1;
  }
  return complete === size ? height : null;
}
