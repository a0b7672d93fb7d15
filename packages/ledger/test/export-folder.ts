import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatExportLine } from '../src/export/export-line.ts';
import { signCheckpoint } from '../src/note/checkpoint.ts';
import { formatVkey } from '../src/note/verifier-key.ts';
import { leafHash } from '../src/tree-hash.ts';
import { type Signer, signerOf } from './note-keys.ts';
import { rootByDefinition, sha256 } from './reference-tree.ts';

export const ledgerName = 'example.com/ledger';
export const ledgerSigner = signerOf(ledgerName, new Uint8Array(32).fill(1));

/** An entry before it is exported. */
export type Entry = { readonly leaf: string; readonly details: Uint8Array | null };

/** The files of an export; null for one that is not there. */
export type ExportFiles = {
  readonly 'entries.jsonl': string | Uint8Array | null;
  readonly checkpoint: string | Uint8Array | null;
  readonly vkey: string | Uint8Array | null;
};

/** The line of an entry, whatever its leaf is worth. */
export function lineOf(entry: number, { leaf, details }: Entry): string {
  return formatExportLine({ entry, leaf, hash: leafHash(sha256, Buffer.from(leaf)), details });
}

export function rootOf(entries: readonly Entry[]): Uint8Array {
  return rootByDefinition(entries.map(({ leaf }) => Buffer.from(leaf)));
}

export function checkpointOf(
  entries: readonly Entry[],
  { key, sign }: Signer = ledgerSigner,
  origin = ledgerName,
): string {
  return signCheckpoint(sign, key, { origin, size: entries.length, root: rootOf(entries), extensions: [] });
}

/** A sound export of these entries, so far as they are sound. */
export function exportOf(entries: readonly Entry[], signer: Signer = ledgerSigner): ExportFiles {
  return {
    'entries.jsonl': entries.map((entry, at) => lineOf(at + 1, entry)).join(''),
    checkpoint: checkpointOf(entries, signer),
    vkey: `${formatVkey(signer.key)}\n`,
  };
}

export function writeExport(folder: string, files: ExportFiles): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    if (content !== null) writeFileSync(join(folder, name), content);
  }
}
