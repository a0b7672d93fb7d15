import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  hexes,
  numberedTree,
  publishedLeaves,
  publishedRoots,
  sha256,
  subtreesOver,
  withFlippedBit,
} from '../test/reference-tree.ts';
import { type InclusionProof, inclusionPath, verifyInclusion } from './inclusion.ts';
import { leafHash, nodeHash } from './tree-hash.ts';

const { leaves, rootAt, rootOf } = numberedTree(70);

function proofOf(index: number, size: number): InclusionProof {
  const path = inclusionPath(sha256, rootAt, index, size);
  if (!path) throw new Error(`no path for ${index} in ${size}`);
  return { leafHash: rootAt(0, index), index, size, root: rootOf(size), path };
}

const proofs = fc
  .integer({ min: 1, max: 70 })
  .chain((size) => fc.integer({ min: 0, max: size - 1 }).map((index) => proofOf(index, size)));

describe('the published inclusion paths', () => {
  const left = 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7';
  const third = 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b';

  it.each([
    { index: 0, size: 1, path: [] },
    {
      index: 0,
      size: 8,
      path: [
        '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
      ],
    },
    {
      index: 5,
      size: 8,
      path: [third, 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0', left],
    },
    {
      index: 2,
      size: 3,
      path: ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
    },
    {
      index: 1,
      size: 5,
      path: [
        '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        third,
      ],
    },
  ])('leaf $index of $size', ({ index, size, path }) => {
    expect(hexes(inclusionPath(sha256, subtreesOver(publishedLeaves), index, size))).toEqual(path);
    const proof = {
      leafHash: leafHash(sha256, publishedLeaves[index] as Uint8Array),
      index,
      size,
      root: Buffer.from(publishedRoots[size] as string, 'hex'),
      path: path.map((hash) => Buffer.from(hash, 'hex')),
    };
    expect(verifyInclusion(sha256, proof)).toBe(true);
  });
});

describe('inclusionPath', () => {
  it.each([
    [0, 0],
    [1, 1],
    [-1, 5],
    [5, 5],
    [0.5, 5],
    [Number.NaN, 5],
    [0, Number.POSITIVE_INFINITY],
    [0, 2 ** 53],
  ])('is null for leaf %d of %d', (index, size) => {
    expect(inclusionPath(sha256, rootAt, index, size)).toBeNull();
  });
});

describe('verifyInclusion', () => {
  it('accepts every leaf of every size', () => {
    for (let size = 1; size <= leaves.length; size++) {
      for (let index = 0; index < size; index++) {
        expect(verifyInclusion(sha256, proofOf(index, size))).toBe(true);
      }
    }
  });

  it('refuses a flipped bit anywhere', () => {
    fc.assert(
      fc.property(proofs, fc.nat(255), fc.nat(), (proof, bit, which) => {
        const at = which % (proof.path.length + 2);
        const forged = {
          ...proof,
          path: proof.path.map((hash, step) => (step === at ? withFlippedBit(hash, bit) : hash)),
          ...(at === proof.path.length && { leafHash: withFlippedBit(proof.leafHash, bit) }),
          ...(at === proof.path.length + 1 && { root: withFlippedBit(proof.root, bit) }),
        };
        expect(verifyInclusion(sha256, forged)).toBe(false);
      }),
    );
  });

  it('refuses a wrong index', () => {
    fc.assert(
      fc.property(proofs, fc.integer({ min: -3, max: 80 }), (proof, index) => {
        fc.pre(index !== proof.index);
        expect(verifyInclusion(sha256, { ...proof, index })).toBe(false);
      }),
    );
  });

  it('refuses a wrong size with the root of that size', () => {
    fc.assert(
      fc.property(proofs, fc.integer({ min: 0, max: 70 }), (proof, size) => {
        fc.pre(size !== proof.size);
        expect(verifyInclusion(sha256, { ...proof, size, root: rootOf(size) })).toBe(false);
      }),
    );
  });

  it('refuses a path longer than the size allows, though it leads to the root', () => {
    expect(verifyInclusion(sha256, { ...proofOf(0, 4), size: 2 })).toBe(false);
    expect(verifyInclusion(sha256, { ...proofOf(5, 16), size: 8 })).toBe(false);
  });

  it('refuses a path with a hash missing, added, doubled or moved', () => {
    fc.assert(
      fc.property(proofs, fc.nat(), (proof, which) => {
        const at = which % (proof.path.length + 1);
        const before = proof.path.slice(0, at);
        const here = proof.path.slice(at, at + 1);
        const after = proof.path.slice(at + 1);
        const paths = [
          [...before, proof.root, ...here, ...after],
          [...before, new Uint8Array(0), ...here, ...after],
          ...(here.length > 0
            ? [
                [...before, ...after],
                [...before, ...here, ...here, ...after],
              ]
            : []),
          ...(before.length + after.length > 0 && here.length > 0 ? [[...after, ...here, ...before]] : []),
        ].filter(
          (path) => path.length !== proof.path.length || path.some((hash, i) => hash !== proof.path[i]),
        );
        for (const path of paths) expect(verifyInclusion(sha256, { ...proof, path })).toBe(false);
      }),
    );
  });

  it('refuses hashes that are not 32 bytes long', () => {
    const zeros = new Uint8Array(32);
    const proof = { leafHash: zeros, index: 0, size: 2, root: nodeHash(sha256, zeros, zeros), path: [zeros] };
    expect(verifyInclusion(sha256, proof)).toBe(true);
    for (const length of [0, 31, 33, 66]) {
      const hash = new Uint8Array(length);
      expect(verifyInclusion(sha256, { ...proof, leafHash: hash })).toBe(false);
      expect(verifyInclusion(sha256, { ...proof, path: [hash] })).toBe(false);
      expect(verifyInclusion(sha256, { ...proof, root: hash })).toBe(false);
    }
  });

  it('refuses impossible numbers', () => {
    const proof = proofOf(0, 1);
    for (const size of [0, -1, 0.5, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      expect(verifyInclusion(sha256, { ...proof, size })).toBe(false);
    }
    for (const index of [-1, 0.5, Number.NaN]) {
      expect(verifyInclusion(sha256, { ...proof, index })).toBe(false);
    }
  });
});
