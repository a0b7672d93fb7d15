import { formatTlogProof, inclusionPath } from '@vidimus/ledger';
import { Failure } from '../../failure.ts';
import type { DatabaseSync } from '../../storage/sqlite.ts';
import { signTree } from './checkpoints.ts';
import { sha256 } from './ledger-rows.ts';
import type { LedgerSigner } from './ledger-signer.ts';

export interface EntryProof {
  readonly entry: number;
  /** The exact text of the leaf: what the proof is about. */
  readonly leaf: string;
  /** C2SP tlog-proof with the checkpoint that it leads to. */
  readonly proof: string;
}

/** Proves that an entry is in the ledger, to everybody who has its vkey. Fails with `input-invalid` without it. */
export function proveEntry(db: DatabaseSync, signer: LedgerSigner, entry: number, now: number): EntryProof {
  const row = db.prepare('select leaf from entry where id = ?').get(entry);
  if (row === undefined) throw new Failure('entry-unknown');
  const { size, note } = signTree(db, signer, now);
  const select = db.prepare('select hash from entry where id = ?');
  const hashAt = (index: number) => new Uint8Array(select.get(index + 1)?.['hash'] as Uint8Array);
  const path = inclusionPath(sha256, hashAt, entry - 1, size);
  if (path === null) throw new Failure('ledger-unreadable');
  return {
    entry,
    leaf: Buffer.from(row['leaf'] as Uint8Array).toString('utf8'),
    proof: formatTlogProof({ extra: null, index: entry - 1, path, checkpoint: note }),
  };
}
