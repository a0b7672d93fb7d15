import type { RegisterName } from '../journal/entry.ts';
import { CPR_BUDGET, isBlocked } from '../limits/budget.ts';
import type { RateLimit } from '../limits/rate-limit.ts';
import type { Asker, BudgetReader, Simulation } from './request.ts';

export type Admission =
  | { readonly kind: 'admitted' }
  | { readonly kind: 'too-fast'; readonly waitMs: number }
  | { readonly kind: 'blocked'; readonly until: number };

const ADMITTED: Admission = { kind: 'admitted' };
const SIMULATED_WAIT_MS = 1000;

export interface AdmissionParts {
  readonly clock: () => number;
  readonly rate: RateLimit;
  readonly budget: BudgetReader;
}

/**
 * The cheap refusals before a request is even read: its rate, then a block of the account. The block is
 * read here to refuse early; whether this very request is blocked is decided again when it is recorded. The SSN
 * register has no budget and so no block.
 */
export async function admit(
  parts: AdmissionParts,
  asker: Asker,
  register: RegisterName,
  simulate: Simulation | null,
): Promise<Admission> {
  const hasBudget = register === 'cpr';
  if (simulate === 'rate-limited' || (simulate === 'blocked' && !hasBudget)) {
    return { kind: 'too-fast', waitMs: SIMULATED_WAIT_MS };
  }
  const decision = parts.rate.take(asker.account, asker.rate);
  if (decision.kind === 'too-fast') return { kind: 'too-fast', waitMs: decision.wait };
  if (!hasBudget) return ADMITTED;
  if (simulate === 'blocked') return { kind: 'blocked', until: parts.clock() + CPR_BUDGET.blockMs };
  const state = await parts.budget(asker.account, 'cpr');
  return isBlocked(state, parts.clock()) ? { kind: 'blocked', until: state.blockedUntil } : ADMITTED;
}
