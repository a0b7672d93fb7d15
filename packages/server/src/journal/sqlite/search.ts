import { type SealingKeys, unseal } from '../../storage/sealing.ts';
import type { Details, EntryOutcome, Leaf, Operation } from '../entry.ts';
import { decodeDetails, decodeLeaf } from '../entry-bytes.ts';
import { detailsPlace } from './append.ts';
import { openLedger } from './open-journal.ts';

export interface EntryFilter {
  readonly account: string | null;
  readonly subject: Uint8Array | null;
  /** From (included) and to (excluded), in ms. */
  readonly from: number | null;
  readonly to: number | null;
  readonly outcome: EntryOutcome | null;
  readonly operation: Operation | null;
  readonly reference: string | null;
  readonly limit: number;
}

/** An entry as an operator sees it: its leaf and its details, without the commitment that ties them. */
export type FoundEntry = { readonly id: number } & Omit<Leaf, 'v' | 'details'> & Omit<Details, 'subject'>;

/** Entries that fit the filter, newest first. */
export function searchEntries(folder: string, keys: SealingKeys, filter: EntryFilter): FoundEntry[] {
  const db = openLedger(folder);
  try {
    const rows = db
      .prepare(`
        select id, leaf, details from entry
        where (:account is null or account = :account) and (:subject is null or subject = :subject)
          and (:from is null or at >= :from) and (:to is null or at < :to)
        order by id desc`)
      .iterate({ account: filter.account, subject: filter.subject, from: filter.from, to: filter.to });
    const found: FoundEntry[] = [];
    for (const row of rows) {
      const entry = readEntry(
        keys,
        row['id'] as number,
        row['leaf'] as Uint8Array,
        row['details'] as Uint8Array | null,
      );
      if (fits(entry, filter)) found.push(entry);
      if (found.length === filter.limit) break;
    }
    return found;
  } finally {
    db.close();
  }
}

function readEntry(
  keys: SealingKeys,
  id: number,
  leafBytes: Uint8Array,
  sealed: Uint8Array | null,
): FoundEntry {
  const { v: _, details: __, ...leaf } = decodeLeaf(leafBytes);
  const details = sealed === null ? null : decodeDetails(unseal(keys, detailsPlace(id), sealed));
  return { id, ...leaf, reference: details?.reference ?? null, context: details?.context ?? null };
}

function fits(entry: FoundEntry, filter: EntryFilter): boolean {
  return (
    (filter.outcome === null || entry.outcome === filter.outcome) &&
    (filter.operation === null || entry.operation === filter.operation) &&
    (filter.reference === null || entry.reference === filter.reference)
  );
}
