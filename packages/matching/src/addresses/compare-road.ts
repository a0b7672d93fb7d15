import { type CompareOptions, type Comparison, NO_EXPLANATION, NO_REASONS, scoreOf } from '../comparison.ts';
import { DEFAULT_THRESHOLDS } from '../verdict/combine.ts';
import { type Road, roadOf } from './road.ts';
import { type RoadLikeness, roadLikeness } from './road-similarity.ts';

/** An official short form counts as equal from here on, when no other road explains it better. */
const EXPLAINED = 0.86;

const SHORT_FORM: RoadLikeness = { similarity: 1, relation: 'abbreviation' };
const OTHER_ROAD: RoadLikeness = { similarity: 0.5, relation: 'conflict' };

/**
 * Compares a record's road with a typed one. Either may be the official short form of at most 20 letters.
 * With the other roads of the postcode at hand, a typed name that one of them explains better is a conflict.
 */
export function compareRoad(
  record: string,
  typed: string,
  otherRoads: readonly string[] = [],
  options?: CompareOptions,
): Comparison {
  const own = roadOf(record);
  const other = roadOf(typed);
  const likeness = bestRoad([own], other, otherRoads);
  const score = scoreOf(likeness.similarity);
  return {
    score,
    similarity: likeness.similarity,
    match: score >= (options?.threshold ?? DEFAULT_THRESHOLDS.address),
    comment:
      score === 100
        ? null
        : score >= 80
          ? 'The road is spelled differently.'
          : 'The typed road is another road.',
    code: score === 100 ? null : score >= 80 ? 'roadSpelling' : 'roadOther',
    reasons: NO_REASONS,
    compared: true,
    explanation:
      options?.explain === true
        ? [{ record: own.text, typed: other.text, relation: likeness.relation, score, weight: 1 }]
        : NO_EXPLANATION,
  };
}

/** The best of the record's own names for its road, unless a road of the neighbourhood explains the typed one better. */
export function bestRoad(own: readonly Road[], typed: Road, otherRoads: readonly string[]): RoadLikeness {
  let best: RoadLikeness = { similarity: 0, relation: 'conflict' };
  for (const road of own) {
    const likeness = roadLikeness(road, typed);
    if (likeness.similarity > best.similarity) best = likeness;
  }
  if (best.similarity >= 1 || best.similarity < 0.6) return best;
  for (const name of otherRoads) {
    const road = roadOf(name);
    if (own.some(({ key }) => key === road.key)) continue;
    if (roadLikeness(road, typed).similarity > best.similarity) return OTHER_ROAD;
  }
  return best.relation === 'abbreviation' && best.similarity >= EXPLAINED ? SHORT_FORM : best;
}
