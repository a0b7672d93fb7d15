import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JournalClock } from './journal-clock.ts';

const SECOND = 1000;
const DAY = 86_400_000;
const START = 1_800_000_000_000;

/** A machine whose time passes with `passed`, and whose clock somebody sets by `step`. */
function machine() {
  const its = { passed: 0, step: 0 };
  return {
    its,
    clocks: { wall: () => START + its.passed + its.step, monotonic: () => 12_345.6 + its.passed },
  };
}

test('goes with the clock of the machine, a leap second included', () => {
  const { its, clocks } = machine();
  const clock = new JournalClock(clocks, 0);
  for (const [passed, step, at] of [
    [0, 0, 0],
    [5, 0, 5],
    [DAY, 0, DAY],
    [DAY + 10, SECOND, DAY + 10 + SECOND],
    [DAY + 20, 0, DAY + 10 + SECOND],
    [DAY + 3 * SECOND, 0, DAY + 3 * SECOND],
  ] as const) {
    Object.assign(its, { passed, step });
    expect(clock.now() - START).toBe(at);
    expect(clock.step()).toBe(0);
  }
});

const STEPS = [11 * SECOND, 3600 * SECOND, DAY, 2 * 365 * DAY].flatMap((step) => [step, -step]);

test.each(STEPS)('a step of %i ms is not followed, and told; put right, all is as it was', (step) => {
  const { its, clocks } = machine();
  const clock = new JournalClock(clocks, 0);
  its.step = step;
  expect([clock.now(), clock.step()]).toEqual([START, step]);
  its.passed = DAY;
  expect([clock.now(), clock.step()]).toEqual([START + DAY, step]);
  its.step = 0;
  its.passed += SECOND;
  expect([clock.now(), clock.step()]).toEqual([START + DAY + SECOND, 0]);
});

test('behind the ledger at the start: it goes on from there, and says so', () => {
  const { its, clocks } = machine();
  const mark = START + 2 * 365 * DAY;
  const clock = new JournalClock(clocks, mark);
  its.passed = DAY;
  expect(clock.now()).toBe(mark + DAY);
  expect(clock.step()).toBe(START - mark);
});

test('takes in what another process wrote', () => {
  const { its, clocks } = machine();
  const clock = new JournalClock(clocks, 0);
  clock.reach(START + 7);
  expect(clock.now()).toBe(START + 7);
  clock.reach(START + 3);
  its.passed = 20;
  expect(clock.now()).toBe(START + 20);
});

test('never backwards, and never more than a tolerated step away from the time that has passed', () => {
  const moves = fc.array(fc.tuple(fc.nat(DAY), fc.integer({ min: -2 * 365 * DAY, max: 2 * 365 * DAY })));
  fc.assert(
    fc.property(moves, (moved) => {
      const { its, clocks } = machine();
      const clock = new JournalClock(clocks, 0);
      let before = clock.now();
      for (const [pause, step] of moved) {
        its.passed += pause;
        its.step = step;
        const now = clock.now();
        expect(now).toBeGreaterThanOrEqual(before);
        expect(Math.abs(now - before - pause)).toBeLessThanOrEqual(10 * SECOND);
        before = now;
      }
    }),
  );
});
