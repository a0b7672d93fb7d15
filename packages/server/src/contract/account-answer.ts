import type { Static } from 'typebox';
import type { Account } from '../accounts/account.ts';
import { capabilitiesOf } from '../accounts/settings.ts';
import { type BudgetState, CPR_BUDGET, isBlocked } from '../limits/budget.ts';
import type { AccountState } from './account-schema.ts';

export type AccountDocument = Static<typeof AccountState>;

/** What an account may do, and what is left of its budget at `now` (ms). */
export function accountState(
  { id, name, settings }: Account,
  budget: BudgetState,
  now: number,
): AccountDocument {
  const counted = budget.failedAt.filter((at) => at > now - CPR_BUDGET.windowMs);
  const blockedUntil = isBlocked(budget, now) ? iso(budget.blockedUntil) : null;
  return {
    id,
    name,
    capabilities: [...capabilitiesOf(settings)],
    limits: { requestsPerSecond: settings.limits.rate, maxUnknown: settings.limits.maxUnknown },
    budgets: [
      {
        register: 'cpr',
        failures: counted.length,
        allowed: CPR_BUDGET.failures,
        remaining: blockedUntil === null ? Math.max(0, CPR_BUDGET.failures - counted.length) : 0,
        windowSeconds: CPR_BUDGET.windowMs / 1000,
        slots: counted.map((at) => ({ failedAt: iso(at), freeAt: iso(at + CPR_BUDGET.windowMs) })),
        blockedUntil,
      },
    ],
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
