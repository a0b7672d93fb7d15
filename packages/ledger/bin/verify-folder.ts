import { createPublicKey, hash, verify } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Ed25519Verify,
  type ExportVerification,
  linesOf,
  type Sha256,
  verifyExport,
} from '../src/index.ts';

/** What an auditor holds apart from the export. */
export type Held = {
  readonly oldCheckpoint: Uint8Array | null;
  /** Null to take the key that came with the export. */
  readonly vkey: Uint8Array | null;
};

const chunkBytes = 1 << 20;
/** What stands before the 32 bytes of an Ed25519 key in its DER form (RFC 8410, 4). */
const derPrefix = Buffer.from('302a300506032b6570032100', 'hex');

export const sha256: Sha256 = (bytes) => hash('sha256', bytes, 'buffer');

export const ed25519Verify: Ed25519Verify = (publicKey, message, signature) => {
  const key = createPublicKey({ key: Buffer.concat([derPrefix, publicKey]), format: 'der', type: 'spki' });
  return verify(null, message, key, signature);
};

/** Verifies the export in a folder (EXPORT.md). A file that cannot be read counts as missing. */
export function verifyFolder(folder: string, { oldCheckpoint, vkey }: Held): ExportVerification {
  const entries = openFile(join(folder, 'entries.jsonl'));
  try {
    return verifyExport(sha256, ed25519Verify, {
      vkey: vkey ?? readFile(join(folder, 'vkey')),
      checkpoint: readFile(join(folder, 'checkpoint')),
      lines: entries === null ? null : linesOf(chunksOf(entries)),
      oldCheckpoint,
    });
  } finally {
    if (entries !== null) closeSync(entries);
  }
}

export function readFile(path: string): Uint8Array | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

function openFile(path: string): number | null {
  try {
    return statSync(path).isFile() ? openSync(path, 'r') : null;
  } catch {
    return null;
  }
}

function* chunksOf(file: number): Generator<Uint8Array> {
  for (;;) {
    const chunk = new Uint8Array(chunkBytes);
    const length = readSync(file, chunk);
    if (length === 0) return;
    yield chunk.subarray(0, length);
  }
}
