import { createHash } from 'node:crypto';

export function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

export function hexes(hashes: readonly Uint8Array[] | null): string[] | null {
  return hashes && hashes.map(hex);
}

/** MTH as RFC 6962, 2.1 defines it, word by word and over the leaves themselves. */
export function rootByDefinition(leaves: readonly Uint8Array[]): Uint8Array {
  const [leaf] = leaves;
  if (leaf === undefined) return sha256(Buffer.alloc(0));
  if (leaves.length === 1) return sha256(Buffer.concat([Uint8Array.of(0), leaf]));
  const k = 2 ** Math.floor(Math.log2(leaves.length - 1));
  const below = [rootByDefinition(leaves.slice(0, k)), rootByDefinition(leaves.slice(k))];
  return sha256(Buffer.concat([Uint8Array.of(1), ...below]));
}

/** Leaves that all differ: their own index as four bytes. */
export function numberedLeaves(count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, index) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(index);
    return bytes;
  });
}

/** The roots of the complete subtrees over leaves. */
export function subtreesOver(leaves: readonly Uint8Array[]) {
  return (height: number, index: number): Uint8Array =>
    rootByDefinition(leaves.slice(index * 2 ** height, (index + 1) * 2 ** height));
}

/** A tree over numbered leaves, with the root at every size up to its own. */
export function numberedTree(size: number) {
  const leaves = numberedLeaves(size);
  const roots = Array.from({ length: size + 1 }, (_, upTo) => rootByDefinition(leaves.slice(0, upTo)));
  return {
    leaves,
    rootAt: subtreesOver(leaves),
    rootOf: (upTo: number) => roots[upTo] as Uint8Array,
  };
}

/** The same bytes with one bit turned over. */
export function withFlippedBit(bytes: Uint8Array, bit: number): Uint8Array {
  const at = Math.floor(bit / 8) % bytes.length;
  return bytes.map((byte, index) => (index === at ? byte ^ (1 << (bit % 8)) : byte));
}

/** The leaves of the reference tree of the certificate-transparency projects. */
export const publishedLeaves: readonly Uint8Array[] = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((leaf) => Buffer.from(leaf, 'hex'));

/** The published roots of that tree at sizes 0 to 8. */
export const publishedRoots: readonly string[] = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
