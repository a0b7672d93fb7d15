import {
  type Alignment,
  type ComparedFields,
  type Comparison,
  DEFAULT_THRESHOLDS,
  type PerField,
  weightsOf,
} from '@vidimus/matching';
import type { Grading } from './compare-person.ts';
import type { Pass } from './ways-to-pass.ts';

export type FieldName = keyof PerField;

interface ExplainedField {
  readonly field: FieldName;
  readonly score: number;
  readonly threshold: number;
  readonly rule: string | null;
  readonly alignment: readonly Alignment[];
}

interface Term {
  readonly field: FieldName;
  readonly score: number;
  readonly weight: number;
  readonly product: number;
}

/** Why a comparison came out as it did: words held against words, how the score comes about, what would pass. */
export interface Explanation {
  readonly fields: readonly ExplainedField[];
  readonly arithmetic: {
    readonly terms: readonly Term[];
    readonly sum: number;
    readonly weights: number;
    readonly score: number;
  };
  readonly toPass: readonly Pass[];
}

const FIELDS = ['name', 'address', 'dateOfBirth'] as const;

/** Writes down how fields that were compared with `explain` came to their scores and these to the overall one. */
export function explainComparison(
  compared: ComparedFields,
  grading: Grading,
  score: number,
  toPass: readonly Pass[],
): Explanation {
  const weight = weightsOf(compared, grading);
  const typed = FIELDS.flatMap((field) => {
    const comparison = compared[field];
    return comparison === null ? [] : [{ field, comparison }];
  });
  const terms = typed.map(({ field, comparison }) => ({
    field,
    score: comparison.score,
    weight: weight[field],
    product: weight[field] * comparison.score,
  }));
  return {
    fields: typed.filter(({ comparison }) => comparison.compared).map((one) => explained(one, grading)),
    arithmetic: {
      terms,
      sum: total(terms.map(({ product }) => product)),
      weights: total(terms.map((term) => term.weight)),
      score,
    },
    toPass,
  };
}

/** The score from which a field matches for an account. */
export function thresholdOf(field: FieldName, { thresholds }: Grading): number {
  return { ...DEFAULT_THRESHOLDS, ...thresholds }[field];
}

function explained(
  { field, comparison }: { readonly field: FieldName; readonly comparison: Comparison },
  grading: Grading,
): ExplainedField {
  return {
    field,
    score: comparison.score,
    threshold: thresholdOf(field, grading),
    rule: comparison.code,
    alignment: comparison.explanation,
  };
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
