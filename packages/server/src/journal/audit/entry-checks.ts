import { followsBudget, leafHash, parseLeaf, type ReplayedBudgets } from '@vidimus/ledger';
import { unseal } from '../../storage/sealing.ts';
import { commitmentOf, decodeDetails, decodeLeaf } from '../entry-bytes.ts';
import type { LedgerKeys } from '../ledger-keys.ts';
import { referenceKey } from '../reference-key.ts';
import { sha256 } from '../sha256.ts';
import type { NumberedEntry, StoredBudget, StoredEntry } from '../stored-ledger.ts';
import { isReplayed } from './budget-checks.ts';
import { Erasures } from './erasures.ts';

export interface EntryChecks {
  /** What is wrong with the next entry of the tree, or with its place after those before it; null when nothing is. */
  troubleInNext(row: NumberedEntry, expected: number): string | null;
  /** The same for an entry of an account that is behind all of its entries in the tree. */
  troubleInWaiting(row: StoredEntry): string | null;
  /** After the last one: the first entry whose details are gone without a word. */
  unexplainedErasure(): number | null;
  /** After the last one: an account whose budget was read by itself and does not follow from its entries. */
  strangeBudget(): string | null;
  /** What the entries so far have made of the budgets. */
  readonly replayed: ReplayedBudgets;
  /** The time of the latest one in the tree; 0 before the first. */
  latest(): number;
  /** The id of an account's latest entry so far; 0 before its first. */
  lastIdOf(account: string): number;
}

interface SeenOfAccount {
  readonly id: number;
  readonly at: number;
}

/** Takes the stored entries in their order. */
export function entryChecks(keys: LedgerKeys, budgets: readonly StoredBudget[]): EntryChecks {
  const replayed: ReplayedBudgets = new Map();
  const erasures = new Erasures();
  const seen = new Map<string, SeenOfAccount>();
  /** Each is compared when its account has come to the entry that it was read after. */
  const open = new Map(
    budgets.filter(({ through }) => through !== null).map((budget) => [budget.account, budget]),
  );
  let latest = 0;

  function troubleIn(row: StoredEntry): string | null {
    const before = seen.get(row.account);
    if (before !== undefined && row.id <= before.id) return 'it stands behind a later entry of its account';
    if (before !== undefined && row.at < before.at)
      return 'its time is before that of its account’s entry before it';
    seen.set(row.account, { id: row.id, at: row.at });
    try {
      return troubleInside(row);
    } catch {
      return 'it cannot be read';
    }
  }

  function troubleInside(row: StoredEntry): string | null {
    if (!Buffer.from(row.hash).equals(leafHash(sha256, row.leaf))) return 'its leaf does not have its hash';
    const parsed = parseLeaf(Buffer.from(row.leaf).toString('utf8'));
    if (parsed === null) return 'its leaf is none';
    const leaf = decodeLeaf(row.leaf);
    if (leaf.account !== row.account || parsed.at !== row.at) return 'account or time differ from its leaf';
    if (leaf.register !== row.register || leaf.operation !== row.operation) {
      return 'register or operation differ from its leaf';
    }
    if (!followsBudget(replayed, parsed)) return 'its decision does not follow from the entries before it';
    const budget = open.get(row.account);
    if (budget?.through === row.id && isReplayed(budget, replayed)) open.delete(row.account);
    erasures.see(row.entry, row.details === null, leaf.erased ?? []);
    return row.details === null ? troubleInErased(row) : troubleInDetails(row, row.details, leaf.details);
  }

  function troubleInDetails(row: StoredEntry, sealed: Uint8Array, commitment: string): string | null {
    const bytes = unseal(keys.ledger, row.place, sealed);
    if (commitmentOf(bytes) !== commitment) return 'its details are not those of its leaf';
    const details = decodeDetails(bytes);
    if (details.subject !== hexOf(row.subject)) return 'its subject differs from its details';
    const reference = referenceKey(keys, details.reference);
    return hexOf(row.reference) === hexOf(reference) ? null : 'its reference differs from its details';
  }

  return {
    troubleInNext(row, expected) {
      if (row.entry !== expected) return `an entry before it is missing (expected ${expected})`;
      latest = Math.max(latest, row.at);
      return troubleIn(row);
    },
    troubleInWaiting: troubleIn,
    unexplainedErasure: () => erasures.unexplained(),
    strangeBudget: () => open.keys().next().value ?? null,
    replayed,
    latest: () => latest,
    lastIdOf: (account) => seen.get(account)?.id ?? 0,
  };
}

function troubleInErased({ subject, reference }: StoredEntry): string | null {
  return subject === null && reference === null ? null : 'it is erased only in part';
}

function hexOf(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : Buffer.from(bytes).toString('hex');
}
