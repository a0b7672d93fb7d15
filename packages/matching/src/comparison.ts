/** How two tokens relate. The list is closed: clients may switch over it. */
export type Relation =
  | 'equal'
  | 'folded'
  | 'initial'
  | 'nickname'
  | 'soundAlike'
  | 'spelling'
  | 'joined'
  | 'split'
  | 'abbreviation'
  | 'swappedRole'
  | 'middleAsSurname'
  | 'formerName'
  | 'extraTyped'
  | 'missingTyped'
  | 'conflict';

/** What a comparison adds to the risk, as stable codes. */
export type MatchReason =
  | 'NameMismatch'
  | 'AddressMismatch'
  | 'DateOfBirthMismatch'
  | 'PreviousName'
  | 'PreviousAddress'
  | 'HighRoadCode'
  | 'MixedScript';

/**
 * One line of an explanation. Every token of both sides stands in exactly one: `record` or `typed` is null
 * where the other side has nothing, and holds several tokens, with blanks between, where words were joined.
 */
export interface Alignment {
  readonly record: string | null;
  readonly typed: string | null;
  readonly relation: Relation;
  /** How well the two fit, 0–100. */
  readonly score: number;
  /** How much this line counts in the field's score: 0 for a title, about 1 for a given name. */
  readonly weight: number;
}

/** The result for one field. */
export interface Comparison {
  /** 0–100, rounded half up; 100 only when the field is equal after folding. */
  readonly score: number;
  /** The same unrounded, 0–1: for ranking and tuning. */
  readonly similarity: number;
  readonly match: boolean;
  /** One plain English sentence for whoever looks at the result, or null when there is nothing to say. */
  readonly comment: string | null;
  /** The comment's stable code, null with it. */
  readonly code: string | null;
  /** What this field adds to the risk, the mismatch itself left out: `combine` adds it by its own threshold. */
  readonly reasons: readonly MatchReason[];
  /** False when the field was not scored at all: no address on the record, a fictive road, a protected person. */
  readonly compared: boolean;
  /** Empty unless asked for with `{ explain: true }`. */
  readonly explanation: readonly Alignment[];
}

/** Options of every comparison. */
export interface CompareOptions {
  /** Build the explanation. It costs about as much as the comparison itself. */
  readonly explain?: boolean;
  /** The score from which `match` is true. */
  readonly threshold?: number;
}

export const NO_REASONS: readonly MatchReason[] = [];
export const NO_EXPLANATION: readonly Alignment[] = [];

/** A score from a similarity: rounded half up, and 100 kept for what is wholly equal. */
export function scoreOf(similarity: number): number {
  return similarity >= 1 ? 100 : Math.min(99, Math.floor(similarity * 100 + 0.5));
}

/**
 * A field that is not scored: score 0, no match, its weight stays. The server uses it for a protected
 * person, the address comparison for fictive roads and records without an address.
 */
export function notCompared(
  comment: string,
  code: string,
  reasons: readonly MatchReason[] = NO_REASONS,
): Comparison {
  return {
    score: 0,
    similarity: 0,
    match: false,
    comment,
    code,
    reasons,
    compared: false,
    explanation: NO_EXPLANATION,
  };
}
