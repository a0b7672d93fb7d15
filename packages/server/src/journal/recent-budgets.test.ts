import { expect, test } from 'vitest';
import { FRESH_BUDGET } from '../limits/budget.ts';
import type { Draft } from './entry.ts';
import type { Journal } from './journal.ts';
import { withRecentBudgets } from './recent-budgets.ts';

/** A journal of which nothing is asked but budgets, with a store that anybody may write. */
function counted() {
  const its = { now: 1_800_000_000_000, stored: FRESH_BUDGET, reads: 0 };
  const journal = withRecentBudgets({
    now: () => its.now,
    budget() {
      its.reads += 1;
      return its.stored;
    },
    record: () => Promise.resolve({ kind: 'not-recorded', fault: 'busy' }),
  } as unknown as Journal);
  return { its, journal };
}

test('a free account is looked at again after a tenth of a second, a blocked one every time', async () => {
  const { its, journal } = counted();
  const blocked = { failedAt: [its.now], blockedUntil: its.now + 60_000 };
  expect(await journal.budget('acc_a', 'cpr')).toBe(FRESH_BUDGET);
  its.stored = blocked;
  its.now += 99;
  expect(await journal.budget('acc_a', 'cpr')).toBe(FRESH_BUDGET);
  expect(await journal.budget('acc_b', 'cpr')).toBe(blocked);
  its.now += 1;
  expect(await journal.budget('acc_a', 'cpr')).toBe(blocked);
  its.stored = FRESH_BUDGET;
  expect(await journal.budget('acc_a', 'cpr')).toBe(FRESH_BUDGET);
  expect(its.reads).toBe(4);
});

test('who has just failed is looked at again at once', async () => {
  const { its, journal } = counted();
  await journal.budget('acc_a', 'cpr');
  await journal.record({ account: 'acc_a', use: 'hit' } as Draft);
  await journal.budget('acc_a', 'cpr');
  expect(its.reads).toBe(1);
  await journal.record({ account: 'acc_a', use: 'miss' } as Draft);
  await journal.budget('acc_a', 'cpr');
  expect(its.reads).toBe(2);
});
