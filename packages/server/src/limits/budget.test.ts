import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BudgetState, type BudgetUse, CPR_BUDGET, decide, FRESH_BUDGET } from './budget.ts';

const HOUR = 60 * 60 * 1000;

function misses(state: BudgetState, times: readonly number[]) {
  return times.map((now) => {
    const decision = decide(CPR_BUDGET, state, 'miss', now);
    state = decision.state;
    return decision;
  });
}

describe('the budget of unknown numbers', () => {
  test('allows five in 24 hours and blocks the sixth for 24 hours from then', () => {
    const decisions = misses(FRESH_BUDGET, [1, 2, 3, 4, 5, 6]);
    expect(decisions.map(({ kind }) => kind)).toEqual([...Array(5).fill('allowed'), 'blocked']);
    expect(decisions.at(-1)).toMatchObject({ until: 6 + 24 * HOUR });
  });

  test('forgets a failure after 24 hours', () => {
    const decisions = misses(FRESH_BUDGET, [0, 1, 2, 3, 4, 24 * HOUR]);
    expect(decisions.at(-1)).toMatchObject({ kind: 'allowed', failures: 5 });
  });

  test('blocks hits too, and is not prolonged by what it refuses', () => {
    const blocked = misses(FRESH_BUDGET, [0, 0, 0, 0, 0, 0]).at(-1)?.state ?? FRESH_BUDGET;
    for (const use of ['hit', 'miss', 'unavailable', 'refused'] as const) {
      expect(decide(CPR_BUDGET, blocked, use, 23 * HOUR)).toEqual({
        kind: 'blocked',
        state: blocked,
        until: 24 * HOUR,
      });
    }
  });

  test('is whole again when the block ends', () => {
    const blocked = misses(FRESH_BUDGET, [0, 0, 0, 0, 0, 0]).at(-1)?.state ?? FRESH_BUDGET;
    expect(decide(CPR_BUDGET, blocked, 'miss', 24 * HOUR)).toMatchObject({ kind: 'allowed', failures: 1 });
  });

  test('never allows more than five misses in any 24 hours, whatever comes between', () => {
    const use = fc.constantFrom<BudgetUse>('hit', 'miss', 'unavailable', 'refused');
    fc.assert(
      fc.property(fc.array(fc.tuple(use, fc.nat(12 * HOUR)), { maxLength: 60 }), (requests) => {
        let state = FRESH_BUDGET;
        let now = 0;
        const allowed: number[] = [];
        for (const [use, pause] of requests) {
          now += pause;
          const decision = decide(CPR_BUDGET, state, use, now);
          if (decision.kind === 'allowed' && use === 'miss') allowed.push(now);
          state = decision.state;
        }
        for (const start of allowed) {
          expect(allowed.filter((at) => at >= start && at < start + 24 * HOUR).length).toBeLessThanOrEqual(5);
        }
      }),
    );
  });
});
