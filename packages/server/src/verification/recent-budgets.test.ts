import { expect, test } from 'vitest';
import { type BudgetState, FRESH_BUDGET } from '../limits/budget.ts';
import { recentBudgets } from './recent-budgets.ts';

test('a free account is looked at again after a tenth of a second, a blocked one every time', async () => {
  let now = 1_800_000_000_000;
  let stored: BudgetState = FRESH_BUDGET;
  let reads = 0;
  const budget = recentBudgets(
    () => {
      reads += 1;
      return stored;
    },
    () => now,
  );
  const blocked = { failedAt: [now], blockedUntil: now + 60_000 };

  expect(await budget('acc_a', 'cpr')).toBe(FRESH_BUDGET);
  stored = blocked;
  now += 99;
  expect(await budget('acc_a', 'cpr')).toBe(FRESH_BUDGET);
  expect(await budget('acc_b', 'cpr')).toBe(blocked);
  now += 1;
  expect(await budget('acc_a', 'cpr')).toBe(blocked);
  expect(reads).toBe(3);
  stored = FRESH_BUDGET;
  expect(await budget('acc_a', 'cpr')).toBe(FRESH_BUDGET);
  expect(reads).toBe(4);
});
