import { createSecretKey, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type SealingKeys, seal, unseal } from './sealing.ts';

function keys(current: number, versions: readonly number[] = [current]): SealingKeys {
  return {
    current,
    byVersion: new Map(versions.map((version) => [version, createSecretKey(randomBytes(32))])),
  };
}

test('opens what was sealed for the same place, and nothing about it shows', () => {
  const ring = keys(1);
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 8 }), fc.string(), (plain, place) => {
      const sealed = seal(ring, place, plain);
      expect(Buffer.from(plain).equals(unseal(ring, place, sealed))).toBe(true);
      expect(sealed.includes(Buffer.from(plain))).toBe(false);
    }),
  );
});

test('does not open in another place, nor with any bit changed, nor cut', () => {
  const ring = keys(1);
  const sealed = seal(ring, 'person|1', Buffer.from('Poul Junkersen'));
  expect(() => unseal(ring, 'person|2', sealed)).toThrow(/does not open/);
  for (let bit = 0; bit < sealed.length * 8; bit += 1) {
    const changed = Buffer.from(sealed);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(() => unseal(ring, 'person|1', changed)).toThrow(/does not open/);
  }
  for (let length = 0; length < sealed.length; length += 1) {
    expect(() => unseal(ring, 'person|1', sealed.subarray(0, length))).toThrow(/does not open/);
  }
});

test('an older key version still opens what it sealed', () => {
  const both = keys(2, [1, 2]);
  const sealed = seal({ ...both, current: 1 }, 'x', Buffer.from('old'));
  expect(unseal(both, 'x', sealed).toString()).toBe('old');
});
