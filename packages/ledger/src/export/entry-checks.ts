import { encodeBase64 } from '../base64.ts';
import { leafHash, type Sha256, sameHash } from '../tree-hash.ts';
import { encodeUtf8 } from '../utf8.ts';
import { budgetReplay } from './budget-replay.ts';
import type { Damage } from './damages.ts';
import { parseExportLine } from './export-line.ts';
import { parseLeaf } from './leaf.ts';

export type CheckedEntry =
  | { readonly kind: 'sound'; readonly leafHash: Uint8Array; readonly isErased: boolean }
  | { readonly kind: 'damaged'; readonly reason: Damage };

/**
 * Takes the lines of an export in their order and checks of each what can be told without the tree: its form,
 * number and hash, its details against the leaf, time and budget against the entries before it.
 */
export function entryChecks(sha256: Sha256): (line: Uint8Array) => CheckedEntry {
  const followsBudget = budgetReplay();
  let entries = 0;
  let latest = 0;
  return (bytes) => {
    entries += 1;
    const line = parseExportLine(bytes);
    if (line === null) return damaged('line-malformed');
    if (line.entry !== entries) return damaged('entry-number');
    const hash = leafHash(sha256, encodeUtf8(line.leaf));
    if (!sameHash(hash, line.hash)) return damaged('leaf-hash');
    const leaf = parseLeaf(line.leaf);
    if (leaf === null) return damaged('leaf-malformed');
    if (leaf.at < latest) return damaged('time-order');
    latest = leaf.at;
    // Erased details leave their commitment in the leaf; there is nothing to hold against it any more.
    if (line.details !== null && base64url(sha256(line.details)) !== leaf.details) {
      return damaged('details-mismatch');
    }
    if (!followsBudget(leaf)) return damaged('budget');
    return { kind: 'sound', leafHash: hash, isErased: line.details === null };
  };
}

function damaged(reason: Damage): CheckedEntry {
  return { kind: 'damaged', reason };
}

function base64url(bytes: Uint8Array): string {
  return encodeBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
