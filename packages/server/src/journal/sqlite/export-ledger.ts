import { createWriteStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { formatExportLine } from '@vidimus/ledger';
import { unseal } from '../../storage/sealing.ts';
import type { DatabaseSync } from '../../storage/sqlite.ts';
import type { LedgerKeys } from '../ledger-keys.ts';
import { type SignedCheckpoint, signTree } from './checkpoints.ts';
import { detailsPlace } from './ledger-rows.ts';
import type { LedgerSigner } from './ledger-signer.ts';

/**
 * Writes the whole ledger into an empty folder in the form that the stand-alone verifiers read (EXPORT.md of the
 * ledger package): `entries.jsonl`, `checkpoint`, `vkey`. Details are in it in clear, for whoever must audit them.
 */
export async function exportLedger(
  db: DatabaseSync,
  keys: LedgerKeys,
  signer: LedgerSigner,
  folder: string,
  now: number,
): Promise<SignedCheckpoint> {
  const checkpoint = readAtCheckpoint(db, signer, now);
  await pipeline(
    Readable.from(linesUpTo(db, keys, checkpoint.size)),
    createWriteStream(join(folder, 'entries.jsonl'), { mode: 0o600 }),
  );
  db.exec('commit');
  writeFileSync(join(folder, 'checkpoint'), checkpoint.note, { mode: 0o600, flush: true });
  writeFileSync(join(folder, 'vkey'), signer.vkeys, { mode: 0o600, flush: true });
  return checkpoint;
}

/**
 * Signs the tree and begins to read at that very state: details that are erased later would be missing from the
 * export without the entry that says who erased them.
 */
function readAtCheckpoint(db: DatabaseSync, signer: LedgerSigner, now: number): SignedCheckpoint {
  for (;;) {
    const checkpoint = signTree(db, signer, now);
    db.exec('begin');
    const size = db.prepare('select max(id) as size from entry').get()?.['size'] ?? 0;
    if (size === checkpoint.size) return checkpoint;
    db.exec('rollback');
  }
}

function* linesUpTo(db: DatabaseSync, keys: LedgerKeys, size: number): Generator<string> {
  const rows = db
    .prepare('select id, leaf, hash, details from entry where id <= ? order by id')
    .iterate(size);
  for (const row of rows) {
    const entry = row['id'] as number;
    const sealed = row['details'] as Uint8Array | null;
    yield formatExportLine({
      entry,
      leaf: Buffer.from(row['leaf'] as Uint8Array).toString('utf8'),
      hash: new Uint8Array(row['hash'] as Uint8Array),
      details: sealed === null ? null : new Uint8Array(unseal(keys.ledger, detailsPlace(entry), sealed)),
    });
  }
}
