import { afterEach, expect, test, vi } from 'vitest';
import { followDatabaseClock } from './database-clock.ts';

afterEach(() => vi.useRealTimers());

/** A database whose clock somebody sets, and which may be gone. */
function databaseAt(now: () => number | null) {
  const answer = async () => {
    const told = now();
    if (told === null) throw new Error('gone');
    return { now: told };
  };
  return { get: answer, all: async () => [], run: async () => 0 };
}

test('follows the clock of the database, and goes on by itself while the database is gone', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  let ahead: number | null = 5_000_000;
  const clock = await followDatabaseClock(
    databaseAt(() => (ahead === null ? null : performance.now() + ahead)),
  );
  expect(clock.wall() - clock.monotonic()).toBeCloseTo(5_000_000, -1);
  ahead = 6_000_000;
  await vi.advanceTimersByTimeAsync(1000);
  expect(clock.wall() - clock.monotonic()).toBeCloseTo(6_000_000, -1);
  ahead = null;
  const before = clock.wall();
  await vi.advanceTimersByTimeAsync(5000);
  expect(clock.wall() - before).toBe(5000);
  clock.stop();
});
