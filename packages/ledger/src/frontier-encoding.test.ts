import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hex, hexes } from '../test/reference-tree.ts';
import type { Frontier } from './frontier.ts';
import { decodeFrontier, encodeFrontier } from './frontier-encoding.ts';

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });

const frontiers: fc.Arbitrary<Frontier> = fc.maxSafeNat().chain((size) => {
  const ones = size.toString(2).replaceAll('0', '').length;
  return fc.record({
    size: fc.constant(size),
    subtrees: fc.array(hash, { minLength: ones, maxLength: ones }),
  });
});

function bytesOf(size: bigint, hashes: number): Uint8Array {
  const bytes = Buffer.alloc(8 + 32 * hashes, 0xab);
  bytes.writeBigUInt64BE(size);
  return bytes;
}

describe('encodeFrontier and decodeFrontier', () => {
  it('write the size big-endian and then the hashes', () => {
    const subtrees = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
    const written = hex(encodeFrontier({ size: 2 ** 32 + 2, subtrees }));
    expect(written).toBe(`0000000100000002${'01'.repeat(32)}${'02'.repeat(32)}`);
    expect(hex(encodeFrontier({ size: 0, subtrees: [] }))).toBe('0000000000000000');
  });

  it('round-trip', () => {
    fc.assert(
      fc.property(frontiers, (frontier) => {
        const read = decodeFrontier(encodeFrontier(frontier));
        expect(read?.size).toBe(frontier.size);
        expect(hexes(read?.subtrees ?? null)).toEqual(hexes(frontier.subtrees));
      }),
    );
  });

  it('read from the middle of a larger buffer, and share no memory with it', () => {
    const subtrees = [new Uint8Array(32).fill(7)];
    const encoded = encodeFrontier({ size: 4, subtrees });
    const larger = Buffer.concat([Buffer.alloc(5), encoded, Buffer.alloc(5)]);
    const read = decodeFrontier(larger.subarray(5, 5 + encoded.length));
    larger.fill(0xff);
    expect(read?.size).toBe(4);
    expect(hexes(read?.subtrees ?? null)).toEqual(hexes(subtrees));
  });

  it('refuse any other number of bytes', () => {
    fc.assert(
      fc.property(frontiers, fc.integer({ min: -100, max: 100 }), (frontier, change) => {
        fc.pre(change !== 0);
        const encoded = encodeFrontier(frontier);
        const bytes =
          change < 0 ? encoded.slice(0, change) : Buffer.concat([encoded, new Uint8Array(change)]);
        fc.pre(bytes.length < encoded.length || change > 0);
        expect(decodeFrontier(bytes)).toBeNull();
      }),
    );
  });

  it.each([
    ['nothing', new Uint8Array(0)],
    ['a cut size', new Uint8Array(7)],
    ['a hash too few', bytesOf(3n, 1)],
    ['a hash too many', bytesOf(4n, 2)],
    ['a hash for the empty tree', bytesOf(0n, 1)],
    ['a size above the safe integers', bytesOf(2n ** 53n, 1)],
    ['the largest size', bytesOf(2n ** 64n - 1n, 64)],
  ])('refuse %s', (_what, bytes) => {
    expect(decodeFrontier(bytes)).toBeNull();
  });

  it('read the largest safe size', () => {
    expect(decodeFrontier(bytesOf(2n ** 53n - 1n, 53))?.size).toBe(Number.MAX_SAFE_INTEGER);
  });
});
