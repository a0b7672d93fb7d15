import type { Frontier } from './frontier.ts';
import { hashLength } from './tree-hash.ts';

const sizeLength = 8;
const twoTo32 = 2 ** 32;

/** The size as eight bytes, big-endian, then the subtrees' hashes, 32 bytes each, largest subtree first. */
export function encodeFrontier(frontier: Frontier): Uint8Array {
  const bytes = new Uint8Array(sizeLength + hashLength * frontier.subtrees.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Math.floor(frontier.size / twoTo32));
  view.setUint32(4, frontier.size % twoTo32);
  frontier.subtrees.forEach((hash, at) => bytes.set(hash, sizeLength + hashLength * at));
  return bytes;
}

/**
 * Reads what `encodeFrontier` wrote; the result shares no memory with `bytes`. Null if the size lies above
 * `Number.MAX_SAFE_INTEGER` or does not have one binary one for each hash that follows.
 */
export function decodeFrontier(bytes: Uint8Array): Frontier | null {
  if (bytes.length < sizeLength) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = view.getUint32(0) * twoTo32 + view.getUint32(4);
  if (!Number.isSafeInteger(size)) return null;
  if (bytes.length !== sizeLength + hashLength * countOnes(size)) return null;

  // Not bytes.slice(): on a Node Buffer that would be a view of memory which the caller may write to again.
  const hashes = new Uint8Array(bytes).subarray(sizeLength);
  const subtrees: Uint8Array[] = [];
  for (let at = 0; at < hashes.length; at += hashLength) subtrees.push(hashes.subarray(at, at + hashLength));
  return { size, subtrees };
}

function countOnes(size: number): number {
  let ones = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2;
  return ones;
}
