import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

export const MANIFEST_FILE = 'manifest.json';

/** What a backup holds. The key file is never in it: a backup alone opens nothing. */
export interface Manifest {
  readonly version: 1;
  readonly createdAt: string;
  /** The ledger as it was backed up. */
  readonly ledger: { readonly entries: number; readonly root: string };
  /** Path below the folder, and SHA-256 in hex. */
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
}

/** SHA-256 of a file of any size. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
