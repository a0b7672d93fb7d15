import { followsBudget, leafHash, parseLeaf, type ReplayedBudgets } from '@vidimus/ledger';
import { unseal } from '../../storage/sealing.ts';
import { commitmentOf, decodeDetails, decodeLeaf } from '../entry-bytes.ts';
import type { LedgerKeys } from '../ledger-keys.ts';
import { Erasures } from './erasures.ts';
import { detailsPlace, referenceKey, sha256 } from './ledger-rows.ts';

export interface EntryRow {
  readonly id: number;
  readonly account: string;
  readonly at: number;
  readonly register: string;
  readonly operation: string;
  readonly subject: Uint8Array | null;
  readonly reference: Uint8Array | null;
  readonly leaf: Uint8Array;
  readonly hash: Uint8Array;
  readonly details: Uint8Array | null;
}

export interface EntryChecks {
  /** What is wrong with an entry, or with its place after those before it; null when nothing is. */
  trouble(row: EntryRow, expectedId: number): string | null;
  /** After the last one: the first entry whose details are gone without a word. */
  unexplainedErasure(): number | null;
  /** What the entries so far have made of the budgets. */
  readonly budgets: ReplayedBudgets;
  /** The time of the latest one; 0 before the first. */
  latest(): number;
}

/** Takes the stored entries in their order. */
export function entryChecks(keys: LedgerKeys): EntryChecks {
  const budgets: ReplayedBudgets = new Map();
  const erasures = new Erasures();
  let latest = 0;

  function troubleIn(row: EntryRow): string | null {
    if (!Buffer.from(row.hash).equals(leafHash(sha256, row.leaf))) return 'its leaf does not have its hash';
    const parsed = parseLeaf(Buffer.from(row.leaf).toString('utf8'));
    if (parsed === null) return 'its leaf is none';
    const leaf = decodeLeaf(row.leaf);
    if (leaf.account !== row.account || parsed.at !== row.at) return 'account or time differ from its leaf';
    if (leaf.register !== row.register || leaf.operation !== row.operation) {
      return 'register or operation differ from its leaf';
    }
    if (!followsBudget(budgets, parsed)) return 'its decision does not follow from the entries before it';
    erasures.see(row.id, row.details === null, leaf.erased ?? []);
    return row.details === null ? troubleInErased(row) : troubleInDetails(row, row.details, leaf.details);
  }

  function troubleInDetails(row: EntryRow, sealed: Uint8Array, commitment: string): string | null {
    const bytes = unseal(keys.ledger, detailsPlace(row.id), sealed);
    if (commitmentOf(bytes) !== commitment) return 'its details are not those of its leaf';
    const details = decodeDetails(bytes);
    if (details.subject !== hexOf(row.subject)) return 'its subject differs from its details';
    const reference = referenceKey(keys, details.reference);
    return hexOf(row.reference) === hexOf(reference) ? null : 'its reference differs from its details';
  }

  return {
    trouble(row, expectedId) {
      if (row.id !== expectedId) return `an entry before it is missing (expected ${expectedId})`;
      if (row.at < latest) return 'its time is before that of the entry before it';
      latest = row.at;
      try {
        return troubleIn(row);
      } catch {
        return 'it cannot be read';
      }
    },
    unexplainedErasure: () => erasures.unexplained(),
    budgets,
    latest: () => latest,
  };
}

function troubleInErased({ subject, reference }: EntryRow): string | null {
  return subject === null && reference === null ? null : 'it is erased only in part';
}

function hexOf(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : Buffer.from(bytes).toString('hex');
}
