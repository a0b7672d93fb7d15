import { createWriteStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { formatExportLine } from '@vidimus/ledger';
import { unseal } from '../../storage/sealing.ts';
import { decodeLeaf } from '../entry-bytes.ts';
import type { LedgerKeys } from '../ledger-keys.ts';
import type { LedgerSigner } from '../ledger-signer.ts';
import type { NumberedEntry, StoredCheckpoint, StoredLedger } from '../stored-ledger.ts';
import { Erasures } from './erasures.ts';
import { signTree } from './sign-tree.ts';

/**
 * Writes the whole ledger into an empty folder in the form that the stand-alone verifiers read (EXPORT.md of the
 * ledger package): `entries.jsonl`, `checkpoint`, `vkey`. Details are in it in clear, for whoever must audit them.
 */
export async function exportLedger(
  stored: StoredLedger,
  keys: LedgerKeys,
  signer: LedgerSigner,
  folder: string,
  now: number,
): Promise<StoredCheckpoint> {
  const checkpoint = await writeEntries(stored, keys, signer, join(folder, 'entries.jsonl'), now);
  writeFileSync(join(folder, 'checkpoint'), checkpoint.note, { mode: 0o600, flush: true });
  writeFileSync(join(folder, 'vkey'), signer.vkeys, { mode: 0o600, flush: true });
  return checkpoint;
}

/**
 * Writes the entries up to a checkpoint that is signed for it. Details that somebody erases meanwhile are missing
 * without the entry that says who did: then it begins anew, with a later checkpoint that has this entry.
 */
async function writeEntries(
  stored: StoredLedger,
  keys: LedgerKeys,
  signer: LedgerSigner,
  file: string,
  now: number,
): Promise<StoredCheckpoint> {
  for (let before = -1; ; ) {
    const checkpoint = await signTree(stored, signer, now);
    const erasures = new Erasures();
    await pipeline(
      Readable.from(linesUpTo(stored, keys, checkpoint.size, erasures)),
      createWriteStream(file, { mode: 0o600 }),
    );
    // Where no entry came since, none will explain it: that is for a verifier to find.
    if (erasures.unexplained() === null || checkpoint.size === before) return checkpoint;
    before = checkpoint.size;
  }
}

async function* linesUpTo(
  stored: StoredLedger,
  keys: LedgerKeys,
  size: number,
  erasures: Erasures,
): AsyncGenerator<string> {
  for await (const page of stored.entriesAfter(0)) {
    for (const row of page) {
      if (row.entry > size) return;
      erasures.see(row.entry, row.details === null, erasedBy(row));
      yield lineOf(keys, row);
    }
  }
}

function erasedBy({ operation, leaf }: NumberedEntry): readonly number[] {
  return operation === 'erase' ? (decodeLeaf(leaf).erased ?? []) : [];
}

function lineOf(keys: LedgerKeys, { entry, place, leaf, hash, details }: NumberedEntry): string {
  return formatExportLine({
    entry,
    leaf: Buffer.from(leaf).toString('utf8'),
    hash: new Uint8Array(hash),
    details: details === null ? null : new Uint8Array(unseal(keys.ledger, place, details)),
  });
}
