/** Scores of the matching and of the non-matching pairs of one set, by one engine. Higher is more alike. */
export interface Scores {
  readonly same: readonly number[];
  readonly other: readonly number[];
}

/** The share of matches found when at most this share of non-matches may pass. */
export function recallAt({ same, other }: Scores, falsePositives: number): number {
  const threshold = thresholdAt(other, falsePositives);
  return share(same, (score) => score > threshold);
}

/** The score that only the allowed share of non-matches exceeds. Equal scores pass or fail together. */
function thresholdAt(other: readonly number[], falsePositives: number): number {
  const falling = [...other].sort((a, b) => b - a);
  return falling[Math.floor(other.length * falsePositives)] ?? Number.NEGATIVE_INFINITY;
}

export interface AtThreshold {
  readonly f1: number;
  readonly recall: number;
  readonly falsePositives: number;
}

export function atThreshold({ same, other }: Scores, threshold: number): AtThreshold {
  const hits = count(same, (score) => score >= threshold);
  const wrong = count(other, (score) => score >= threshold);
  return {
    f1: (2 * hits) / (hits + wrong + same.length),
    recall: hits / same.length,
    falsePositives: wrong / other.length,
  };
}

/** The best F1 that any threshold gives on this set. */
export function bestF1(scores: Scores): number {
  return bestThreshold([scores]).f1;
}

/** The one threshold with the best mean F1 over several sets. */
export function bestThreshold(sets: readonly Scores[]): { threshold: number; f1: number } {
  const steps = [...new Set(sets.flatMap(({ same, other }) => [...same, ...other]))].sort((a, b) => a - b);
  const tried =
    steps.length > 400 ? steps.filter((_, at) => at % Math.ceil(steps.length / 400) === 0) : steps;
  let best = { threshold: 0, f1: 0 };
  for (const threshold of tried) {
    const f1 = mean(sets.map((scores) => atThreshold(scores, threshold).f1));
    if (f1 > best.f1) best = { threshold, f1 };
  }
  return best;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function share(values: readonly number[], of: (value: number) => boolean): number {
  return values.length === 0 ? Number.NaN : count(values, of) / values.length;
}

function count(values: readonly number[], of: (value: number) => boolean): number {
  let found = 0;
  for (const value of values) if (of(value)) found++;
  return found;
}
