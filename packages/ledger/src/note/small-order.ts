/** The y coordinates of the points of edwards25519 with an order of 8 or less, the spellings above p included. */
const smallOrder = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]);

/**
 * Whether these 32 bytes are a point of small order. As a key it would let anybody sign, and implementations
 * of Ed25519 differ on whether they refuse it, in a key or in a signature: we do, so that all verifiers agree.
 */
export function isSmallOrder(point: Uint8Array): boolean {
  const withoutSign = point.map((byte, at) => (at === 31 ? byte & 0x7f : byte));
  return smallOrder.has(hexOf(withoutSign));
}

/** In lower case. */
export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
