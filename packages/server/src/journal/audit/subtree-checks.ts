import { isKept, type OnComplete, type Subtree, sameHash } from '@vidimus/ledger';
import type { StoredLedger } from '../stored-ledger.ts';

export interface SubtreeChecks {
  /** Takes a subtree that the entries complete. */
  readonly take: OnComplete;
  /** Whether what is kept of those that were taken is what the entries give. What is not kept is no damage. */
  readonly areSound: () => Promise<boolean>;
  /** Whether others are kept than those that the first `size` entries have. */
  readonly areMore: (size: number) => Promise<boolean>;
}

/** Holds the roots that a store keeps of parts of the tree against its entries. */
export function subtreeChecks(stored: Pick<StoredLedger, 'subtreeRoots' | 'keptSubtrees'>): SubtreeChecks {
  let taken: (Subtree & { readonly root: Uint8Array })[] = [];
  let found = 0;
  return {
    take(height, index, root) {
      if (isKept(height)) taken.push({ height, index, root });
    },
    async areSound() {
      const waiting = taken;
      taken = [];
      for (const { height, index, root } of waiting) {
        const [kept = null] = await stored.subtreeRoots(height, index, 1);
        if (kept === null) continue;
        if (!sameHash(kept, root)) return false;
        found += 1;
      }
      return true;
    },
    areMore: async (size) => (await stored.keptSubtrees(size)) > found,
  };
}
