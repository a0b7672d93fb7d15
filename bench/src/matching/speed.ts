import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareAddress, compareDate, compareName, prepareAddress, prepareName } from '@vidimus/matching';
import type { Engine } from './engines.ts';
import type { LabelledSet } from './sets.ts';

const ROUNDS = 7;
const FEWEST_PAIRS = 50_000;

/** Name pairs for speed runs: the data's own file, or the pairs of its name sets again and again. */
export function speedPairs(data: string, sets: readonly LabelledSet[]): (readonly [string, string])[] {
  const file = join(data, 'speed/name_pairs_100k.tsv');
  if (existsSync(file))
    return readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => {
        const [left = '', right = ''] = line.split('\t');
        return [left, right] as const;
      });
  const own = sets.flatMap(({ pairs }) => pairs.map(({ left, right }) => [left, right] as const));
  return Array.from({ length: FEWEST_PAIRS }, (_, at) => own[at % own.length] ?? ['', '']);
}

/** Comparisons per CPU second of this process: the median of some rounds after a first one to warm up. */
function perSecond(count: number, run: () => number, rounds = ROUNDS): number {
  const rates: number[] = [];
  let kept = run();
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage();
    kept += run();
    const { user, system } = process.cpuUsage(before);
    rates.push((count / (user + system)) * 1e6);
  }
  // Used, so that no compiler may leave the work out.
  if (kept === Number.NEGATIVE_INFINITY) throw new Error('The sum of likenesses cannot be this.');
  return rates.sort((a, b) => a - b)[rounds >> 1] ?? 0;
}

export function engineSpeed(engine: Engine, pairs: readonly (readonly [string, string])[]): number {
  // Slow products get fewer pairs, else they alone would take minutes.
  const some = engine.name === 'vidimus' ? pairs : pairs.slice(0, pairs.length / 5);
  return perSecond(
    some.length,
    () => {
      let sum = 0;
      for (const [left, right] of some) sum += engine.compare(left, right, 'dk_speed');
      return sum;
    },
    engine.name === 'vidimus' ? ROUNDS : 3,
  );
}

/** Name, address in parts, and date of birth; both sides folded, explanation off. */
export function recordSpeed(pairs: readonly (readonly [string, string])[], roads: readonly string[]): number {
  const profile = { profile: 'dk' } as const;
  return perSecond(pairs.length, () => {
    let sum = 0;
    pairs.forEach(([left, right], at) => {
      const road = roads[at % roads.length] ?? '';
      const houseNumber = `${(at % 120) + 1}`;
      const typedRoad = at % 4 === 0 ? (roads[(at * 7) % roads.length] ?? '') : road;
      sum += compareName(prepareName({ full: left }, profile), { full: right }).similarity;
      sum += compareAddress(
        prepareAddress(
          { road, houseNumber, floor: '2', door: 'th', postcode: '2100', city: 'København Ø' },
          profile,
        ),
        { road: typedRoad, houseNumber, floor: '2. sal', door: 'th.', postcode: '2100', city: 'København' },
      ).similarity;
      sum += compareDate('1980-02-01', at % 3 === 0 ? '1980-01-02' : '1980-02-01').similarity;
    });
    return sum;
  });
}
