import type { Engine } from './engines.ts';
import { atThreshold, bestF1, bestThreshold, mean, recallAt, type Scores } from './metrics.ts';
import { GROUPS, type LabelledSet } from './sets.ts';

/** One engine's scores, set by set. */
export type EngineScores = ReadonlyMap<string, Scores>;

export function scoresOf(engine: Engine, sets: readonly LabelledSet[]): EngineScores {
  return new Map(
    sets.map(({ name, pairs }) => {
      const same: number[] = [];
      const other: number[] = [];
      for (const pair of pairs) {
        const likeness = engine.compare(pair.left, pair.right, name);
        // Some peers give no number for a name without Latin letters.
        (pair.same ? same : other).push(Number.isNaN(likeness) ? 0 : likeness);
      }
      return [name, { same, other }];
    }),
  );
}

/** Sets of persons: what one fixed threshold has to serve. The name bench of screening is too debatable for it. */
const PERSONS = Object.values(GROUPS).flat();

export interface Quality {
  /** Mean recall at 1 % false positives over the sets of each group, as far as there are any. */
  readonly groups: Readonly<Record<string, number>>;
  readonly tokens: number;
  readonly screeningBenchF1: number;
  /** One threshold for all sets of persons. */
  readonly threshold: number;
  readonly macroF1: number;
  readonly danishF1: number;
  readonly falsePositives: number;
}

export function qualityOf(scores: EngineScores): Quality {
  const pick = (names: readonly string[]) => names.flatMap((name) => scores.get(name) ?? []);
  const groups = Object.fromEntries(
    Object.entries(GROUPS).map(([group, names]) => [
      group,
      mean(pick(names).map((set) => recallAt(set, 0.01))),
    ]),
  );
  const persons = pick(PERSONS);
  const { threshold, f1 } = bestThreshold(persons);
  return {
    groups,
    tokens: mean(pick(['token_variants']).map((set) => recallAt(set, 0.01))),
    screeningBenchF1: mean(pick(['nk_bench']).map(bestF1)),
    threshold,
    macroF1: f1,
    ...atOneThreshold(scores, threshold),
  };
}

/** What a fixed threshold gives over all sets of persons. */
export function atOneThreshold(
  scores: EngineScores,
  threshold: number,
): { danishF1: number; falsePositives: number; recall: number; fixedF1: number } {
  const pick = (names: readonly string[]) => names.flatMap((name) => scores.get(name) ?? []);
  const results = pick(PERSONS).map((set) => atThreshold(set, threshold));
  return {
    danishF1: mean(pick(GROUPS['dk'] ?? []).map((set) => atThreshold(set, threshold).f1)),
    falsePositives: mean(results.map(({ falsePositives }) => falsePositives)),
    recall: mean(results.map(({ recall }) => recall)),
    fixedF1: mean(results.map(({ f1 }) => f1)),
  };
}
