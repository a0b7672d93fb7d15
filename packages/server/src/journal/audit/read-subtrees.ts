import { joinedRoot, KEPT_LEVELS, type Subtree, type SubtreeRootAt, subtreesAsked } from '@vidimus/ledger';
import { Failure } from '../../failure.ts';
import { sha256 } from '../sha256.ts';
import type { StoredLedger } from '../stored-ledger.ts';

type Stored = Pick<StoredLedger, 'subtreeRoots'>;

/** Subtrees of a kept height that one of the next kept height is made of. */
const IN_NEXT = 2 ** KEPT_LEVELS;

/** Walks over the tree with the roots that it asks for, read before: some hundred rows, however large the ledger is. */
export async function walkTree<T>(stored: Stored, walk: (rootAt: SubtreeRootAt) => T): Promise<T> {
  const roots = new Map<string, Uint8Array>();
  for (const subtree of subtreesAsked(walk)) roots.set(nameOf(subtree), await rootOf(stored, subtree));
  return walk((height, index) => roots.get(nameOf({ height, index })) as Uint8Array);
}

async function rootOf(stored: Stored, { height, index }: Subtree): Promise<Uint8Array> {
  const kept = height - (height % KEPT_LEVELS);
  const count = 2 ** (height - kept);
  return joinedRoot(sha256, await keptRoots(stored, kept, index * count, count));
}

/** What is missing is only slower: it is made of what is kept below it. Of leaf hashes nothing may be missing. */
async function keptRoots(stored: Stored, height: number, from: number, count: number): Promise<Uint8Array[]> {
  const roots: Uint8Array[] = [];
  for (const [at, root] of (await stored.subtreeRoots(height, from, count)).entries()) {
    if (root === null && height === 0) throw new Failure('ledger-unreadable', 'A leaf hash is missing.');
    const below = (from + at) * IN_NEXT;
    roots.push(root ?? joinedRoot(sha256, await keptRoots(stored, height - KEPT_LEVELS, below, IN_NEXT)));
  }
  return roots;
}

function nameOf({ height, index }: Subtree): string {
  return `${height}|${index}`;
}
