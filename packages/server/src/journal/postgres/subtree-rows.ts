import { joinedRoot, KEPT_LEVELS } from '@vidimus/ledger';
import type { Sql } from '../../storage/sql.ts';
import { sha256 } from '../sha256.ts';
import { rowsOfValues } from './rows-of-values.ts';

/** A complete part of the tree, with its root. */
export interface SubtreeRow {
  readonly height: number;
  readonly index: number;
  readonly root: Uint8Array;
}

const KEEP = rowsOfValues(
  'insert into subtree (height, position, root) values',
  { shared: 0, own: 3 },
  'on conflict (height, position) do update set root = excluded.root',
);
const ROOTS = `
  select position, root from subtree where height = $1 and position >= $2 and position < $3`;
const LEAF_HASHES = `
  select tree_leaf.position - 1 as position, entry.hash as root
  from tree_leaf join entry on entry.account = tree_leaf.account and entry.id = tree_leaf.id
  where tree_leaf.position > $1 and tree_leaf.position <= $2`;
const COUNT =
  'select count(*) as subtrees from subtree where (position + 1) * (1::bigint << height::int) <= $1';
const KEPT_OF_HEIGHT = 'select position from subtree where height = $1 and position < $2';

const IN_NEXT = 2 ** KEPT_LEVELS;

/** Keeps what the entries of one step of the tree complete, in the caller's transaction. */
export async function keepSubtrees(sql: Sql, subtrees: readonly SubtreeRow[]): Promise<void> {
  if (subtrees.length === 0) return;
  await sql.run(
    KEEP(subtrees.length),
    ...subtrees.flatMap(({ height, index, root }) => [height, index, root]),
  );
}

/** The roots of some subtrees that follow each other, as `StoredLedger.subtreeRoots` gives them. */
export async function subtreeRoots(
  sql: Sql,
  height: number,
  from: number,
  count: number,
): Promise<(Uint8Array | null)[]> {
  const rows =
    height === 0
      ? await sql.all(LEAF_HASHES, from, from + count)
      : await sql.all(ROOTS, height, from, from + count);
  const roots = Array.from<Uint8Array | null>({ length: count }).fill(null);
  for (const row of rows) roots[(row['position'] as number) - from] = row['root'] as Uint8Array;
  return roots;
}

/** How many are kept of the first `size` entries. */
export async function keptSubtrees(sql: Sql, size: number): Promise<number> {
  return (await sql.get(COUNT, size))?.['subtrees'] as number;
}

/**
 * Keeps what is missing of the first `size` entries: a version before this one may have added them. The subtrees of 256
 * entries come first, then those over them; after each it comes back, so that the tree is not kept waiting. What lacks a
 * leaf hash is left out.
 */
export async function* fillSubtrees(sql: Sql, size: number): AsyncGenerator<void> {
  for (let height = KEPT_LEVELS; 2 ** height <= size; height += KEPT_LEVELS) {
    const complete = Math.floor(size / 2 ** height);
    const kept = new Set((await sql.all(KEPT_OF_HEIGHT, height, complete)).map((row) => row['position']));
    for (let index = 0; index < complete; index += 1) {
      if (kept.has(index)) continue;
      const below = await subtreeRoots(sql, height - KEPT_LEVELS, index * IN_NEXT, IN_NEXT);
      const isWhole = below.every((root) => root !== null);
      if (isWhole) await keepSubtrees(sql, [{ height, index, root: joinedRoot(sha256, below) }]);
      yield;
    }
  }
}
