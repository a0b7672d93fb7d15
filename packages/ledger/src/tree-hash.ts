/** SHA-256 of the bytes, 32 bytes, synchronously: Node's own on servers, a script's in browsers. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

export const hashLength = 32;

// Leaves and nodes hash under different first bytes, so that nobody can pass a node off as a leaf.
const leafPrefix = 0x00;
const nodePrefix = 0x01;

/** The root of the tree without leaves: the hash of nothing (RFC 6962, 2.1). */
export function emptyRoot(sha256: Sha256): Uint8Array {
  return sha256(new Uint8Array(0));
}

/** The hash of a leaf's bytes: SHA-256(0x00 ‖ leaf) (RFC 6962, 2.1). */
export function leafHash(sha256: Sha256, leaf: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + leaf.length);
  bytes[0] = leafPrefix;
  bytes.set(leaf, 1);
  return sha256(bytes);
}

/** The hash of a node over the 32-byte hashes below it: SHA-256(0x01 ‖ left ‖ right) (RFC 6962, 2.1). */
export function nodeHash(sha256: Sha256, left: Uint8Array, right: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + 2 * hashLength);
  bytes[0] = nodePrefix;
  bytes.set(left, 1);
  bytes.set(right, 1 + hashLength);
  return sha256(bytes);
}

/** Whether these are the same 32 bytes. Hashes are public: the time taken may tell where they differ. */
export function sameHash(one: Uint8Array, other: Uint8Array): boolean {
  return (
    one.length === hashLength && other.length === hashLength && one.every((byte, at) => byte === other[at])
  );
}
