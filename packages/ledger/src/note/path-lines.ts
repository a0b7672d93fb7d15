import { decodeBase64, encodeBase64 } from '../base64.ts';
import { hashLength } from '../tree-hash.ts';

/** What C2SP tlog-witness allows, and more than any proof over 2^53 leaves has. */
const mostLines = 63;

/** The hashes of a proof, base64, a line each; nothing for an empty path. */
export function formatPath(path: readonly Uint8Array[]): string {
  return path.map((hash) => `${encodeBase64(hash)}\n`).join('');
}

/** Null unless every line is a hash and there are no more of them than a proof can have. */
export function parsePath(lines: readonly string[]): Uint8Array[] | null {
  const path = lines.map(decodeBase64).filter((hash) => hash?.length === hashLength);
  return path.length === lines.length && path.length <= mostLines ? (path as Uint8Array[]) : null;
}
