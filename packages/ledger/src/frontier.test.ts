import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  hex,
  hexes,
  numberedLeaves,
  publishedLeaves,
  publishedRoots,
  rootByDefinition,
  sha256,
} from '../test/reference-tree.ts';
import { append, emptyFrontier, type Frontier, root } from './frontier.ts';
import { leafHash } from './tree-hash.ts';

function frontierOf(leaves: readonly Uint8Array[]): Frontier {
  return leaves.reduce((frontier, leaf) => append(sha256, frontier, leafHash(sha256, leaf)), emptyFrontier());
}

describe('Frontier', () => {
  it('has the published root at every size', () => {
    const roots = publishedRoots.map((_, size) =>
      hex(root(sha256, frontierOf(publishedLeaves.slice(0, size)))),
    );
    expect(roots).toEqual(publishedRoots);
  });

  it('has the root of the recursive definition', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 300 }), (leaves) => {
        expect(hex(root(sha256, frontierOf(leaves)))).toBe(hex(rootByDefinition(leaves)));
      }),
    );
  });

  it('keeps the roots of the complete subtrees, largest first', () => {
    const leaves = numberedLeaves(13);
    const parts = [leaves.slice(0, 8), leaves.slice(8, 12), leaves.slice(12)];
    expect(hexes(frontierOf(leaves).subtrees)).toEqual(parts.map((part) => hex(rootByDefinition(part))));
  });

  it('leaves the frontier it appended to as it was', () => {
    const before = frontierOf(numberedLeaves(7));
    const copy = structuredClone(before);
    append(sha256, before, leafHash(sha256, Uint8Array.of(1)));
    append(sha256, before, leafHash(sha256, Uint8Array.of(2)));
    expect(before.size).toBe(7);
    expect(hexes(before.subtrees)).toEqual(hexes(copy.subtrees));
  });

  it('costs one node hash for each leaf on average', () => {
    let hashes = 0;
    const counting = (bytes: Uint8Array) => {
      hashes += 1;
      return sha256(bytes);
    };
    const leaf = new Uint8Array(32);
    let frontier = emptyFrontier();
    for (let size = 0; size < 1024; size++) frontier = append(counting, frontier, leaf);
    expect(hashes).toBe(1023);
  });

  it('counts beyond 32 bits', () => {
    const hash = (byte: number) => new Uint8Array(32).fill(byte);
    const frontier: Frontier = { size: 2 ** 40 + 1, subtrees: [hash(1), hash(2)] };
    const next = append(sha256, frontier, hash(3));
    expect(next.size).toBe(2 ** 40 + 2);
    expect(next.subtrees).toHaveLength(2);
    expect(next.subtrees[0]).toBe(frontier.subtrees[0]);
  });
});
