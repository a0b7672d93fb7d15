import { encodeBase64 } from '../base64.ts';
import { leafHash, type Sha256, sameHash } from '../tree-hash.ts';
import { encodeUtf8 } from '../utf8.ts';
import { budgetReplay } from './budget-replay.ts';
import type { Damage } from './damages.ts';
import { parseExportLine } from './export-line.ts';
import { parseLeaf } from './leaf.ts';

export type EntryChecks = {
  /** Takes the lines in their order. After a damaged one it is of no further use. */
  readonly check: (line: Uint8Array) => CheckedEntry;
  /** After the last line: the first entry whose details are gone, and no later entry says that it erased them. */
  readonly firstUnexplained: () => number | null;
};

export type CheckedEntry =
  | { readonly kind: 'sound'; readonly leafHash: Uint8Array; readonly isErased: boolean }
  | { readonly kind: 'damaged'; readonly reason: Damage };

/**
 * What can be told of entries without the tree: their form, numbers and hashes, details against leaves, times
 * and budgets against the entries before them, erased details against the entries that say so.
 */
export function entryChecks(sha256: Sha256): EntryChecks {
  const followsBudget = budgetReplay();
  const unexplained = new Set<number>();
  let entries = 0;
  let latest = 0;

  function check(bytes: Uint8Array): CheckedEntry {
    entries += 1;
    const line = parseExportLine(bytes);
    if (line === null) return damaged('line-malformed');
    if (line.entry !== entries) return damaged('entry-number');
    const hash = leafHash(sha256, encodeUtf8(line.leaf));
    if (!sameHash(hash, line.hash)) return damaged('leaf-hash');
    const leaf = parseLeaf(line.leaf);
    if (leaf === null || leaf.erased.some((entry) => entry >= entries)) return damaged('leaf-malformed');
    if (leaf.at < latest) return damaged('time-order');
    latest = leaf.at;
    // Erased details leave their commitment in the leaf; there is nothing to hold against it any more.
    if (line.details === null) unexplained.add(entries);
    else if (base64url(sha256(line.details)) !== leaf.details) return damaged('details-mismatch');
    for (const erased of leaf.erased) unexplained.delete(erased);
    if (!followsBudget(leaf)) return damaged('budget');
    return { kind: 'sound', leafHash: hash, isErased: line.details === null };
  }

  return {
    check,
    // Entries were added in their order.
    firstUnexplained: () => unexplained.values().next().value ?? null,
  };
}

function damaged(reason: Damage): CheckedEntry {
  return { kind: 'damaged', reason };
}

function base64url(bytes: Uint8Array): string {
  return encodeBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
