import type { Account } from '../accounts/account.ts';
import { mayUse } from '../accounts/settings.ts';
import type { Grading } from '../verification/compare-person.ts';

/** What an account may do and has set, as far as its batches are concerned. */
export interface BatchRights {
  readonly kind: 'rights';
  /** Unknown numbers that all its batches may find within 24 hours. */
  readonly maxUnknown: number;
  readonly mayCompareProtected: boolean;
  readonly grading: Grading;
  readonly deceasedNeedsName: boolean;
}

/** Why an account may not begin or go on with a batch. */
export interface BatchRefusal {
  readonly kind: 'refused';
  readonly reason: 'account-disabled' | 'capability-missing';
}

/** @param needsCapability false for the operator at the shell, who has the keys anyway */
export function batchRights(
  { settings, disabledAt }: Pick<Account, 'settings' | 'disabledAt'>,
  needsCapability: boolean,
): BatchRights | BatchRefusal {
  if (disabledAt !== null) return { kind: 'refused', reason: 'account-disabled' };
  if (needsCapability && !mayUse(settings, 'batch')) return { kind: 'refused', reason: 'capability-missing' };
  return {
    kind: 'rights',
    maxUnknown: settings.limits.maxUnknown,
    mayCompareProtected: mayUse(settings, 'protected.compare'),
    grading: settings.grading,
    deceasedNeedsName: settings.deceasedNeedsName,
  };
}
