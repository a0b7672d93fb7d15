import { encodeBase64 } from '../base64.ts';
import { leafHash, type Sha256, sameHash } from '../tree-hash.ts';
import { encodeUtf8 } from '../utf8.ts';
import { followsBudget, type ReplayedBudgets } from './budget-replay.ts';
import type { Damage } from './damages.ts';
import { parseExportLine } from './export-line.ts';
import { parseLeaf } from './leaf.ts';

/** What a verifier knows from the entries so far. */
export type Seen = {
  entries: number;
  /** The time of each account's latest entry, in ms. */
  readonly latest: Map<string, number>;
  readonly budgets: ReplayedBudgets;
  /** Entries whose details are gone, and no later entry has said yet that it erased them. */
  readonly unexplained: Set<number>;
};

export function nothingSeen(): Seen {
  return { entries: 0, latest: new Map(), budgets: new Map(), unexplained: new Set() };
}

export type CheckedEntry =
  | { readonly kind: 'sound'; readonly leafHash: Uint8Array; readonly isErased: boolean }
  | { readonly kind: 'damaged'; readonly reason: Damage };

/**
 * What can be told of the next line without the tree: its form, number and hashes, details against leaf, time and
 * budget against the entries before it, erased details against the entries that say so. Takes the lines in their
 * order and keeps `seen` up to date; after a damaged one it means nothing any more.
 */
export function checkEntry(sha256: Sha256, bytes: Uint8Array, seen: Seen): CheckedEntry {
  seen.entries += 1;
  const { entries, latest, budgets, unexplained } = seen;
  const line = parseExportLine(bytes);
  if (line === null) return damaged('line-malformed');
  if (line.entry !== entries) return damaged('entry-number');
  const hash = leafHash(sha256, encodeUtf8(line.leaf));
  if (!sameHash(hash, line.hash)) return damaged('leaf-hash');
  const leaf = parseLeaf(line.leaf);
  if (leaf === null || leaf.erased.some((entry) => entry >= entries)) return damaged('leaf-malformed');
  if (leaf.at < (latest.get(leaf.account) ?? 0)) return damaged('time-order');
  latest.set(leaf.account, leaf.at);
  // Erased details leave their commitment in the leaf; there is nothing to hold against it any more.
  if (line.details === null) unexplained.add(entries);
  else if (base64url(sha256(line.details)) !== leaf.details) return damaged('details-mismatch');
  for (const erased of leaf.erased) unexplained.delete(erased);
  if (!followsBudget(budgets, leaf)) return damaged('budget');
  return { kind: 'sound', leafHash: hash, isErased: line.details === null };
}

/** After the last line: the first entry whose details are gone without a word. */
export function firstUnexplained({ unexplained }: Seen): number | null {
  // Entries were added in their order.
  return unexplained.values().next().value ?? null;
}

function damaged(reason: Damage): CheckedEntry {
  return { kind: 'damaged', reason };
}

function base64url(bytes: Uint8Array): string {
  return encodeBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
