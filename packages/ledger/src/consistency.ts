import { rangeRoot, type SubtreeRootAt, splitPoint } from './range-root.ts';
import { siblingSides } from './sibling-sides.ts';
import { emptyRoot, hashLength, nodeHash, type Sha256, sameHash } from './tree-hash.ts';

export type ConsistencyProof = {
  firstSize: number;
  firstRoot: Uint8Array;
  secondSize: number;
  secondRoot: Uint8Array;
  path: readonly Uint8Array[];
};

/**
 * The path that shows the tree of the first `firstSize` leaves to be a prefix of the tree of the first
 * `secondSize` leaves: PROOF(m, D[n]) of RFC 6962, 2.1.2. Empty from size 0 and between equal sizes. Null if
 * the sizes are not whole numbers in ascending order. Asks for at most
 * two subtrees per level of the tree.
 */
export function consistencyPath(
  sha256: Sha256,
  rootAt: SubtreeRootAt,
  firstSize: number,
  secondSize: number,
): Uint8Array[] | null {
  if (!areSizes(firstSize, secondSize)) return null;
  if (firstSize === 0) return [];

  const path: Uint8Array[] = [];
  let from = 0;
  let to = secondSize;
  while (to > firstSize) {
    const middle = from + splitPoint(to - from);
    if (firstSize <= middle) {
      path.push(rangeRoot(sha256, rootAt, middle, to));
      to = middle;
    } else {
      path.push(rangeRoot(sha256, rootAt, from, middle));
      from = middle;
    }
  }
  // Where the walk ends in a subtree that is the whole first tree, the verifier has its root already.
  if (from > 0) path.push(rangeRoot(sha256, rootAt, from, to));
  return path.reverse();
}

/**
 * Whether the path shows that the second tree only appends to the first: RFC 9162, 2.1.4.2. Sizes and roots
 * must come from trusted checkpoints: a path does not bind the sizes by itself.
 *
 * The RFC leaves size 0 undefined. Every tree appends to the empty one, so that an empty path from the empty
 * root is accepted (as C2SP tlog-witness does), whatever the second root is.
 */
export function verifyConsistency(sha256: Sha256, proof: ConsistencyProof): boolean {
  const { firstSize, firstRoot, secondSize, secondRoot, path } = proof;
  if (!areSizes(firstSize, secondSize)) return false;
  // Joined into a node, a shorter hash would count as one filled up with zeros, and a longer one would throw.
  if ([firstRoot, secondRoot, ...path].some((hash) => hash.length !== hashLength)) return false;

  if (firstSize === secondSize) return path.length === 0 && sameHash(firstRoot, secondRoot);
  if (firstSize === 0) return path.length === 0 && sameHash(firstRoot, emptyRoot(sha256));

  // The walk begins at the smallest complete subtree at the right edge of the first tree. Where that subtree
  // is the whole first tree, the path leaves its hash out, because it is the first root.
  let index = firstSize - 1;
  let last = secondSize - 1;
  while (index % 2 === 1) {
    index = Math.floor(index / 2);
    last = Math.floor(last / 2);
  }
  const [start, ...siblings] = index === 0 ? [firstRoot, ...path] : path;
  const sides = siblingSides(index, last);
  if (start === undefined || sides.length !== siblings.length) return false;

  let first = start;
  let second = start;
  siblings.forEach((sibling, step) => {
    if (sides[step] === 'left') {
      first = nodeHash(sha256, sibling, first);
      second = nodeHash(sha256, sibling, second);
    } else {
      second = nodeHash(sha256, second, sibling);
    }
  });
  return sameHash(first, firstRoot) && sameHash(second, secondRoot);
}

function areSizes(firstSize: number, secondSize: number): boolean {
  return (
    Number.isSafeInteger(firstSize) &&
    Number.isSafeInteger(secondSize) &&
    firstSize >= 0 &&
    firstSize <= secondSize
  );
}
