import {
  append,
  decodeFrontier,
  emptyFrontier,
  encodeFrontier,
  type Frontier,
  leafHash,
  root,
  signCheckpoint,
} from '@vidimus/ledger';
import { Failure } from '../../failure.ts';
import { type DatabaseSync, immediately } from '../../storage/sqlite.ts';
import { sha256 } from './ledger-rows.ts';
import type { LedgerSigner } from './ledger-signer.ts';

export interface SignedCheckpoint {
  readonly size: number;
  /** The signed note (C2SP tlog-checkpoint), as it stands. */
  readonly note: string;
  readonly at: number;
}

function latestCheckpoint(db: DatabaseSync): SignedCheckpoint | null {
  const row = db.prepare('select size, note, at from checkpoint order by size desc limit 1').get();
  return row === undefined
    ? null
    : { size: row['size'] as number, note: row['note'] as string, at: row['at'] as number };
}

/**
 * Signs the tree as it stands, unless that was done. What is signed is what is stored: all entries since the last
 * checkpoint are read back and hashed again, and when they do not give the tree that is kept, nothing is signed
 * and `ledger-unreadable` tells so.
 */
export function signTree(db: DatabaseSync, signer: LedgerSigner, now: number): SignedCheckpoint {
  const tree = db.prepare('select clock, frontier from tree').get();
  const frontier = readFrontier(tree?.['frontier'] as Uint8Array | undefined);
  const before = latestCheckpoint(db);
  if (before?.size === frontier.size) return before;
  if (!sameFrontier(rehash(db, frontier.size), frontier)) {
    throw new Failure('ledger-unreadable', 'The stored entries do not give the tree; run audit verify.');
  }
  const note = signCheckpoint(signer.sign, signer.key, {
    origin: signer.key.name,
    size: frontier.size,
    root: root(sha256, frontier),
    extensions: [],
  });
  const at = Math.max(now, (tree?.['clock'] as number | undefined) ?? 0);
  return immediately(db, () => {
    db.prepare(
      'insert into checkpoint (size, frontier, note, at) values (?, ?, ?, ?) on conflict (size) do nothing',
    ).run(frontier.size, encodeFrontier(frontier), note, at);
    return { size: frontier.size, note, at };
  });
}

function rehash(db: DatabaseSync, size: number): Frontier {
  const row = db
    .prepare('select frontier from checkpoint where size <= ? order by size desc limit 1')
    .get(size);
  let frontier = readFrontier(row?.['frontier'] as Uint8Array | undefined);
  const leaves = db
    .prepare('select leaf from entry where id > ? and id <= ? order by id')
    .iterate(frontier.size, size);
  for (const { leaf } of leaves as Iterable<unknown> as Iterable<{ leaf: Uint8Array }>) {
    frontier = append(sha256, frontier, leafHash(sha256, leaf));
  }
  return frontier;
}

function readFrontier(bytes: Uint8Array | undefined): Frontier {
  const frontier = bytes === undefined ? emptyFrontier() : decodeFrontier(bytes);
  if (frontier === null) throw new Failure('ledger-unreadable', 'The tree is not readable.');
  return frontier;
}

function sameFrontier(a: Frontier, b: Frontier): boolean {
  return Buffer.from(encodeFrontier(a)).equals(encodeFrontier(b));
}
