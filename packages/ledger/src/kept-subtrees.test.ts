import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hex, hexes, numberedTree, rootByDefinition, sha256, subtreesOver } from '../test/reference-tree.ts';
import { consistencyPath } from './consistency.ts';
import { append, emptyFrontier } from './frontier.ts';
import { inclusionPath } from './inclusion.ts';
import { isKept, joinedRoot, KEPT_LEVELS, type Subtree, subtreesAsked } from './kept-subtrees.ts';
import { rangeRoot, type SubtreeRootAt } from './range-root.ts';
import { leafHash } from './tree-hash.ts';

/** Some more than two kept subtrees. */
const LARGEST = 700;
const { leaves, rootAt } = numberedTree(LARGEST);

interface Store {
  readonly rootAt: SubtreeRootAt;
  readonly rows: () => number;
}

/** A tree of a size as a store keeps it: leaf hashes, and what `append` reports at kept heights. */
function storeOf(size: number): Store {
  const kept = new Map<string, Uint8Array>();
  const nameOf = ({ height, index }: Subtree) => `${height}|${index}`;
  let frontier = emptyFrontier();
  for (const [index, leaf] of leaves.slice(0, size).entries()) {
    const hash = leafHash(sha256, leaf);
    kept.set(nameOf({ height: 0, index }), hash);
    frontier = append(sha256, frontier, hash, (height, at, root) => {
      if (isKept(height)) kept.set(nameOf({ height, index: at }), root);
    });
  }
  let rows = 0;
  const read = (subtree: Subtree): Uint8Array => {
    rows += 1;
    const root = kept.get(nameOf(subtree));
    if (root === undefined) throw new Error(`${nameOf(subtree)} is not kept.`);
    return root;
  };
  return {
    rows: () => rows,
    rootAt(height, index) {
      const below = height - (height % KEPT_LEVELS);
      const count = 2 ** (height - below);
      const roots = Array.from({ length: count }, (_, at) =>
        read({ height: below, index: index * count + at }),
      );
      return joinedRoot(sha256, roots);
    },
  };
}

const sizes = fc.integer({ min: 1, max: LARGEST });

describe('kept subtrees', () => {
  it('give the root of every earlier size', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), (size, other) => {
        const earlier = 1 + (other % size);
        const root = rangeRoot(sha256, storeOf(size).rootAt, 0, earlier);
        expect(hex(root)).toBe(hex(rootByDefinition(leaves.slice(0, earlier))));
      }),
      { numRuns: 40 },
    );
  });

  it('give the paths that the leaves themselves give', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), (size, other) => {
        const store = storeOf(size);
        const plain = subtreesOver(leaves);
        const index = other % size;
        expect(hexes(inclusionPath(sha256, store.rootAt, index, size))).toEqual(
          hexes(inclusionPath(sha256, plain, index, size)),
        );
        expect(hexes(consistencyPath(sha256, store.rootAt, index, size))).toEqual(
          hexes(consistencyPath(sha256, plain, index, size)),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('are asked for as they are known to be before', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), (size, other) => {
        const walked: Subtree[] = [];
        const walk = (at: SubtreeRootAt) => inclusionPath(sha256, at, other % size, size);
        walk((height, index) => {
          walked.push({ height, index });
          return rootAt(height, index);
        });
        expect(subtreesAsked(walk)).toEqual(walked);
      }),
      { numRuns: 40 },
    );
  });

  it('leave at most 255 hashes to read for each kept height, and as many for the right edge', () => {
    for (const size of [256, 511, 512, 513, LARGEST]) {
      for (const index of [0, 255, size - 1]) {
        const store = storeOf(size);
        inclusionPath(sha256, store.rootAt, index, size);
        expect(store.rows()).toBeLessThanOrEqual(2 * 2 * 255);
      }
    }
  });

  it('are far fewer than the leaves of a large tree', () => {
    const size = 2 ** 40 + 12_345;
    const asked = subtreesAsked((at) => inclusionPath(sha256, at, 2 ** 39, size));
    const rows = asked.map(({ height }) => 2 ** (height % KEPT_LEVELS));
    expect(rows.reduce((sum, each) => sum + each)).toBeLessThan(6 * 2 * 255);
  });
});
