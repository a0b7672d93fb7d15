import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  hex,
  hexes,
  numberedTree,
  publishedLeaves,
  publishedRoots,
  rootByDefinition,
  sha256,
  subtreesOver,
  withFlippedBit,
} from '../test/reference-tree.ts';
import { type ConsistencyProof, consistencyPath, verifyConsistency } from './consistency.ts';
import { nodeHash } from './tree-hash.ts';

const { leaves, rootAt, rootOf } = numberedTree(70);

function proofOf(firstSize: number, secondSize: number): ConsistencyProof {
  const path = consistencyPath(sha256, rootAt, firstSize, secondSize);
  if (!path) throw new Error(`no path from ${firstSize} to ${secondSize}`);
  return { firstSize, firstRoot: rootOf(firstSize), secondSize, secondRoot: rootOf(secondSize), path };
}

const proofs = fc
  .integer({ min: 1, max: 70 })
  .chain((second) => fc.integer({ min: 1, max: second }).map((first) => proofOf(first, second)));

describe('the published consistency paths', () => {
  const left = 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7';
  const fifthAndSixth = '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a';
  const thirdAndFourth = '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e';

  it.each([
    { first: 1, second: 1, path: [] },
    {
      first: 1,
      second: 8,
      path: [
        '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
        thirdAndFourth,
        '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
      ],
    },
    {
      first: 6,
      second: 8,
      path: [fifthAndSixth, 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0', left],
    },
    {
      first: 2,
      second: 5,
      path: [thirdAndFourth, 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b'],
    },
    {
      first: 6,
      second: 7,
      path: [fifthAndSixth, 'b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f', left],
    },
  ])('$first to $second', ({ first, second, path }) => {
    expect(hexes(consistencyPath(sha256, subtreesOver(publishedLeaves), first, second))).toEqual(path);
    const proof = {
      firstSize: first,
      firstRoot: Buffer.from(publishedRoots[first] as string, 'hex'),
      secondSize: second,
      secondRoot: Buffer.from(publishedRoots[second] as string, 'hex'),
      path: path.map((hash) => Buffer.from(hash, 'hex')),
    };
    expect(verifyConsistency(sha256, proof)).toBe(true);
  });
});

describe('consistencyPath', () => {
  // The example tree of RFC 6962, 2.1.3: leaves a b c d e f j, nodes g = ab, h = cd, i = ef, k = gh, l = ij.
  const of = (from: number, to: number) => hex(rootByDefinition(leaves.slice(from, to)));

  it.each([
    { first: 3, path: [of(2, 3), of(3, 4), of(0, 2), of(4, 7)] },
    { first: 4, path: [of(4, 7)] },
    { first: 6, path: [of(4, 6), of(6, 7), of(0, 4)] },
  ])('from $first to 7 is that of the RFC', ({ first, path }) => {
    expect(hexes(consistencyPath(sha256, rootAt, first, 7))).toEqual(path);
  });

  it.each([
    [2, 1],
    [-1, 5],
    [0.5, 5],
    [Number.NaN, 5],
    [1, Number.NaN],
    [1, Number.POSITIVE_INFINITY],
    [1, 2 ** 53],
  ])('is null from %d to %d', (first, second) => {
    expect(consistencyPath(sha256, rootAt, first, second)).toBeNull();
  });
});

describe('verifyConsistency', () => {
  it('accepts every pair of sizes, 0 and equal ones included', () => {
    for (let second = 0; second <= leaves.length; second++) {
      for (let first = 0; first <= second; first++) {
        expect(verifyConsistency(sha256, proofOf(first, second))).toBe(true);
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
          ...(at === proof.path.length && { firstRoot: withFlippedBit(proof.firstRoot, bit) }),
          ...(at === proof.path.length + 1 && { secondRoot: withFlippedBit(proof.secondRoot, bit) }),
        };
        expect(verifyConsistency(sha256, forged)).toBe(false);
      }),
    );
  });

  it('refuses wrong sizes with the roots of those sizes', () => {
    const size = fc.integer({ min: 1, max: 70 });
    fc.assert(
      fc.property(proofs, size, size, (proof, firstSize, secondSize) => {
        fc.pre(firstSize !== proof.firstSize || secondSize !== proof.secondSize);
        // The empty path is right for every pair of equal sizes.
        fc.pre(firstSize !== secondSize || proof.path.length > 0);
        const forged = {
          firstSize,
          firstRoot: rootOf(firstSize),
          secondSize,
          secondRoot: rootOf(secondSize),
          path: proof.path,
        };
        expect(verifyConsistency(sha256, forged)).toBe(false);
      }),
    );
  });

  it('refuses a first tree that is not a prefix', () => {
    fc.assert(
      fc.property(proofs, fc.nat(), (proof, which) => {
        const changed = which % proof.firstSize;
        const history = leaves
          .slice(0, proof.firstSize)
          .map((leaf, at) => (at === changed ? sha256(leaf) : leaf));
        expect(verifyConsistency(sha256, { ...proof, firstRoot: rootByDefinition(history) })).toBe(false);
      }),
    );
  });

  it('refuses a path with a hash missing or added', () => {
    fc.assert(
      fc.property(proofs, fc.nat(), (proof, which) => {
        const at = which % (proof.path.length + 1);
        for (const extra of [proof.firstRoot, proof.secondRoot, new Uint8Array(0)]) {
          const path = [...proof.path.slice(0, at), extra, ...proof.path.slice(at)];
          expect(verifyConsistency(sha256, { ...proof, path })).toBe(false);
        }
        const shorter = proof.path.filter((_, step) => step !== at);
        expect(verifyConsistency(sha256, { ...proof, path: shorter })).toBe(
          shorter.length === proof.path.length,
        );
      }),
    );
  });

  it('refuses a path longer than the sizes allow, though it leads to the roots', () => {
    expect(verifyConsistency(sha256, { ...proofOf(1, 4), secondSize: 2 })).toBe(false);
    expect(verifyConsistency(sha256, { ...proofOf(4, 16), secondSize: 8 })).toBe(false);
  });

  it('takes size 0 for the empty tree and nothing else', () => {
    const proof = proofOf(0, 5);
    expect(proof.path).toEqual([]);
    expect(verifyConsistency(sha256, { ...proof, firstRoot: rootOf(1) })).toBe(false);
    expect(verifyConsistency(sha256, { ...proof, path: [rootOf(5)] })).toBe(false);
    expect(verifyConsistency(sha256, { ...proof, secondRoot: new Uint8Array(31) })).toBe(false);
  });

  it('refuses hashes that are not 32 bytes long', () => {
    const zeros = new Uint8Array(32);
    const secondRoot = nodeHash(sha256, zeros, zeros);
    const proof = { firstSize: 1, firstRoot: zeros, secondSize: 2, secondRoot, path: [zeros] };
    expect(verifyConsistency(sha256, proof)).toBe(true);
    for (const length of [0, 31, 33, 66]) {
      const hash = new Uint8Array(length);
      expect(verifyConsistency(sha256, { ...proof, firstRoot: hash })).toBe(false);
      expect(verifyConsistency(sha256, { ...proof, secondRoot: hash })).toBe(false);
      expect(verifyConsistency(sha256, { ...proof, path: [hash] })).toBe(false);
    }
  });

  it('refuses impossible numbers', () => {
    const proof = proofOf(1, 2);
    for (const size of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      expect(verifyConsistency(sha256, { ...proof, firstSize: size })).toBe(false);
      expect(verifyConsistency(sha256, { ...proof, secondSize: size })).toBe(false);
    }
    expect(verifyConsistency(sha256, { ...proof, firstSize: 3 })).toBe(false);
  });
});
