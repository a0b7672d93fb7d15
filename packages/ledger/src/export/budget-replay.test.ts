import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { followsBudget } from './budget-replay.ts';
import type { LedgerLeaf } from './leaf.ts';

const hour = 3_600_000;
const day = 24 * hour;
const start = 1_800_000_000_000;

const leafOf = (part: Partial<LedgerLeaf>): LedgerLeaf => ({
  at: start,
  account: 'acc_a',
  credential: 'crd_1',
  surface: 'ssn-details',
  register: 'cpr',
  operation: 'lookup',
  outcome: 'found',
  failures: 0,
  blockedUntil: null,
  details: '',
  erased: [],
  ...part,
});

/** Says of each leaf whether it follows from those before it, up to the first that does not. */
function replay(parts: readonly Partial<LedgerLeaf>[]): boolean[] {
  const budgets = new Map();
  const verdicts: boolean[] = [];
  for (const part of parts) {
    verdicts.push(followsBudget(budgets, leafOf(part)));
    if (verdicts.at(-1) === false) break;
  }
  return verdicts;
}

const misses = (count: number, part: Partial<LedgerLeaf> = {}) =>
  Array.from({ length: count }, (_, at) => ({ outcome: 'unknown', failures: at + 1, ...part }));
const until = start + day;
const sixth = { outcome: 'blocked', failures: 6, blockedUntil: until };

describe('followsBudget', () => {
  it.each<{ name: string; leaves: readonly Partial<LedgerLeaf>[] }>([
    { name: 'five failures', leaves: misses(5) },
    { name: 'the sixth starts a block', leaves: [...misses(5), sixth] },
    { name: 'a block is not prolonged', leaves: [...misses(5), sixth, { ...sixth, at: until - 1 }] },
    { name: 'a block ends', leaves: [...misses(5), sixth, { at: until }] },
    {
      name: 'failures are forgotten after a day',
      leaves: [...misses(5), { at: until - 1, failures: 5 }, { at: until, outcome: 'unknown', failures: 1 }],
    },
    {
      name: 'an unlock forgets block and failures',
      leaves: [...misses(5), sixth, { operation: 'unlock', outcome: 'unlocked' }, ...misses(5), sixth],
    },
    {
      name: 'an unlock of the other register forgets nothing',
      leaves: [...misses(5), { register: 'ssn', operation: 'unlock', outcome: 'unlocked' }, sixth],
    },
    { name: 'accounts do not share it', leaves: [...misses(5), ...misses(5, { account: 'acc_b' }), sixth] },
    {
      name: 'rows of a batch count nothing',
      leaves: [...misses(5), ...Array(9).fill({ surface: 'batch', outcome: 'unknown' }), sixth],
    },
    {
      name: 'a batch goes on after a block',
      leaves: [...misses(5), sixth, { surface: 'batch', at: until }, { at: until }],
    },
    { name: 'the SSN register has none', leaves: Array(9).fill({ register: 'ssn', outcome: 'unknown' }) },
    {
      name: 'operators have none',
      leaves: [...misses(5), sixth, { operation: 'report', outcome: 'reported' }],
    },
    {
      name: 'a refusal for a block that ended meanwhile counts nothing',
      leaves: [...misses(5), sixth, { at: until, outcome: 'blocked' }, { at: until }],
    },
    {
      name: 'what could not be answered counts nothing',
      leaves: [...misses(4), { outcome: 'unavailable', failures: 4 }, { outcome: 'unknown', failures: 5 }],
    },
  ])('follows: $name', ({ leaves }) => {
    expect(replay(leaves)).toEqual(leaves.map(() => true));
  });

  it.each<{ name: string; leaf: Partial<LedgerLeaf>; failures: number }>([
    { name: 'a sixth unknown', leaf: { outcome: 'unknown', failures: 6 }, failures: 5 },
    { name: 'a block at the fifth', leaf: { ...sixth, failures: 6 }, failures: 4 },
    { name: 'a block that counts five', leaf: { ...sixth, failures: 5 }, failures: 5 },
    { name: 'a longer block', leaf: { ...sixth, blockedUntil: until + 1 }, failures: 5 },
    { name: 'a shorter block', leaf: { ...sixth, blockedUntil: until - 1 }, failures: 5 },
    { name: 'a failure that is not counted', leaf: { outcome: 'unknown', failures: 2 }, failures: 2 },
    { name: 'a failure counted twice', leaf: { outcome: 'unknown', failures: 4 }, failures: 2 },
    { name: 'a hit that counts', leaf: { failures: 3 }, failures: 2 },
    { name: 'a hit that forgets', leaf: { failures: 0 }, failures: 2 },
    { name: 'a hit with a block', leaf: { failures: 2, blockedUntil: until }, failures: 2 },
    { name: 'an answer during a block', leaf: { failures: 5 }, failures: 6 },
    { name: 'an unknown during a block', leaf: { outcome: 'unknown', failures: 6 }, failures: 6 },
    { name: 'a block without its end', leaf: { ...sixth, blockedUntil: null }, failures: 6 },
    { name: 'an unlock that keeps failures', leaf: { operation: 'unlock', failures: 5 }, failures: 5 },
    { name: 'a report that counts', leaf: { operation: 'report', failures: 5 }, failures: 5 },
    { name: 'an SSN entry that counts', leaf: { register: 'ssn', failures: 5 }, failures: 5 },
  ])('does not follow: $name', ({ leaf, failures }) => {
    const before = [...misses(Math.min(failures, 5)), ...(failures === 6 ? [sixth] : [])];
    expect(replay([...before, leaf])).toEqual([...before.map(() => true), false]);
  });

  it('follows a plain count of failures since the last unlock or block, at any times', () => {
    const events = fc.array(
      fc.record({
        account: fc.constantFrom('acc_a', 'acc_b'),
        wait: fc.constantFrom(0, 1, hour, 6 * hour, day - 1, day),
        event: fc.constantFrom('unknown', 'unknown', 'unknown', 'found', 'unlock'),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(events, (given) => {
        const failed: { account: string; at: number }[] = [];
        const blocks = new Map<string, number>();
        let at = start;
        const leaves = given.map(({ account, wait, event }) => {
          at += wait;
          if (event === 'unlock') {
            blocks.delete(account);
            for (const failure of failed) if (failure.account === account) failure.at = 0;
            return { account, at, operation: 'unlock', outcome: 'unlocked' };
          }
          const block = blocks.get(account) ?? 0;
          if (block > at) return { account, at, ...sixth, blockedUntil: block };
          if (event === 'unknown') failed.push({ account, at });
          const failures = failed.filter((one) => one.account === account && one.at > at - day).length;
          if (failures < 6) return { account, at, outcome: event, failures };
          blocks.set(account, at + day);
          return { account, at, ...sixth, blockedUntil: at + day };
        });
        expect(replay(leaves)).toEqual(leaves.map(() => true));
      }),
      { numRuns: 300 },
    );
  });
});
