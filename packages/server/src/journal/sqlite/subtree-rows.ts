import { append, emptyFrontier, isKept, type OnComplete } from '@vidimus/ledger';
import type { DatabaseSync } from '../../storage/sqlite.ts';
import { sha256 } from '../sha256.ts';

/** Keeps the subtrees that new entries complete, inside the caller's transaction. */
export function subtreeKeeper(db: DatabaseSync): OnComplete {
  const insert = db.prepare('insert or replace into subtree (height, position, root) values (?, ?, ?)');
  return (height, index, root) => {
    if (isKept(height)) insert.run(height, index, root);
  };
}

/** Keeps those of a ledger that was written before there were any. */
export function fillSubtrees(db: DatabaseSync): void {
  const keep = subtreeKeeper(db);
  let frontier = emptyFrontier();
  for (const row of db.prepare('select hash from entry order by id').iterate()) {
    frontier = append(sha256, frontier, row['hash'] as Uint8Array, keep);
  }
}

/** The roots of some subtrees that follow each other, as `StoredLedger.subtreeRoots` gives them. */
export function subtreeRoots(
  db: DatabaseSync,
  height: number,
  from: number,
  count: number,
): (Uint8Array | null)[] {
  const text =
    height === 0
      ? 'select id - 1 as position, hash as root from entry where id > :from and id <= :from + :count'
      : `select position, root from subtree
         where height = :height and position >= :from and position < :from + :count`;
  const given = height === 0 ? { from, count } : { height, from, count };
  const roots = Array.from<Uint8Array | null>({ length: count }).fill(null);
  for (const row of db.prepare(text).all(given)) {
    roots[(row['position'] as number) - from] = row['root'] as Uint8Array;
  }
  return roots;
}
