import type { Verdict } from './combine.ts';

export type RiskLevel = 'Low' | 'Medium' | 'High';

/** Reasons after which nobody should go on without a look at the case, whatever else fits. */
const HIGH: readonly string[] = ['Deceased', 'NumberCancelled', 'NumberDeleted', 'NotFound', 'Error'];

/** `Low` for a match without any reason, `High` for no match or a grave reason, `Medium` for the rest. */
export function riskLevelOf(
  verdict: Verdict | 'NotFound' | 'Error',
  reasons: ReadonlySet<string>,
): RiskLevel {
  if (verdict === 'NoMatch' || verdict === 'NotFound' || verdict === 'Error') return 'High';
  if (HIGH.some((reason) => reasons.has(reason))) return 'High';
  return verdict === 'Match' && reasons.size === 0 ? 'Low' : 'Medium';
}
