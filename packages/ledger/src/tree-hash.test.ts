import { describe, expect, it } from 'vitest';
import { hex, publishedLeaves, publishedRoots, sha256 } from '../test/reference-tree.ts';
import { emptyRoot, leafHash, nodeHash, sameHash } from './tree-hash.ts';

describe('tree hashes', () => {
  it('hash the empty tree, leaves and nodes as published', () => {
    const [first, second] = publishedLeaves.map((leaf) => leafHash(sha256, leaf)) as [Uint8Array, Uint8Array];
    expect(hex(emptyRoot(sha256))).toBe(publishedRoots[0]);
    expect(hex(first)).toBe(publishedRoots[1]);
    expect(hex(second)).toBe('96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7');
    expect(hex(nodeHash(sha256, first, second))).toBe(publishedRoots[2]);
  });

  it('keep a leaf apart from a node over the same bytes', () => {
    const left = new Uint8Array(32).fill(1);
    const right = new Uint8Array(32).fill(2);
    expect(hex(leafHash(sha256, Buffer.concat([left, right])))).not.toBe(hex(nodeHash(sha256, left, right)));
  });

  it('are the same only at 32 bytes', () => {
    expect(sameHash(new Uint8Array(32), Buffer.alloc(32))).toBe(true);
    expect(sameHash(new Uint8Array(31), new Uint8Array(31))).toBe(false);
    expect(sameHash(new Uint8Array(0), new Uint8Array(0))).toBe(false);
    expect(sameHash(new Uint8Array(0), new Uint8Array(32))).toBe(false);
    expect(sameHash(new Uint8Array(32), new Uint8Array(33))).toBe(false);
    expect(sameHash(new Uint8Array(32), new Uint8Array(32).fill(1, 31))).toBe(false);
  });
});
