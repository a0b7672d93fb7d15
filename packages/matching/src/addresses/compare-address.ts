import { type Comparison, NO_EXPLANATION, NO_REASONS, notCompared, scoreOf } from '../comparison.ts';
import { DEFAULT_THRESHOLDS } from '../verdict/combine.ts';
import type { Address, AddressOptions, PreparedAddress } from './address.ts';
import { type AddressCode, type AddressScore, scoreAddress } from './address-score.ts';
import { explainAddress } from './explain-address.ts';
import { prepareAddress } from './prepare-address.ts';

const NO_ADDRESS = notCompared('The register holds no address of the person.', 'addressUnknown');
const FICTIVE = notCompared(
  'The registered road is not a real road (high road code), so the address is not compared.',
  'highRoadCode',
  ['HighRoadCode'],
);
const FORMER_SIMILARITY = 0.7;
const FORMER_FROM = 0.8;
const MIXED = ['MixedScript'] as const;
const PREVIOUS = ['PreviousAddress'] as const;
const NO_ROADS: readonly string[] = [];

const COMMENTS: Readonly<Record<AddressCode, string>> = {
  roadMissing: 'The road is missing.',
  roadOther: 'The typed road is another road.',
  numberOther: 'The house number is another one.',
  numberMissing: 'The house number is missing.',
  unitOther: 'Road and house number fit, floor or door do not.',
  unitMissing: 'Floor or door is missing.',
  unitExtra: 'The typed address has a floor or door that the register does not hold.',
  postcodeOther: 'The postcode is another one.',
  postcodeMissing: 'The postcode is missing.',
  placeOther: 'The town does not belong to the postcode.',
  roadSpelling: 'The road is spelled differently.',
};

/** A number behind the road may belong to its name ("Vej 5"): where the record's does, both readings are tried. */
function scoreReadings(
  record: PreparedAddress,
  typed: PreparedAddress,
  others: readonly string[],
): AddressScore {
  const score = scoreAddress(record, typed, others);
  if (score.similarity >= 1 || !record.roads.some(({ endsInNumber }) => endsInNumber)) return score;
  const other = prepareAddress(typed.source, { profile: typed.profile, numberedRoad: true });
  const second = scoreAddress(record, other, others);
  return second.similarity > score.similarity ? second : score;
}

/** Whether a comparison with the present address leaves it to the former ones; where it does not, they need not be known. */
export function asksFormerAddresses({ similarity }: Comparison): boolean {
  return similarity < FORMER_SIMILARITY;
}

/**
 * Compares a record's address with a typed one. Floor and door may be missing on the typed side at a price;
 * a different house number is never a match. Fictive roads and records without an address are not scored.
 */
export function compareAddress(
  record: PreparedAddress,
  typed: Address | PreparedAddress,
  options?: AddressOptions,
): Comparison {
  if (record.fictive) return FICTIVE;
  if (record.roads.length === 0 && record.building === '') return NO_ADDRESS;
  const other = 'towns' in typed ? typed : prepareAddress(typed, record);
  const others = options?.otherRoads ?? NO_ROADS;
  const current = scoreReadings(record, other, others);
  let { similarity } = current;
  let matched = current;
  let place = record;
  if (similarity < FORMER_SIMILARITY)
    for (const former of record.former) {
      const before = scoreAddress(former, other, NO_ROADS);
      if (before.similarity < FORMER_FROM) continue;
      similarity = FORMER_SIMILARITY;
      matched = before;
      place = former;
      break;
    }
  const score = scoreOf(similarity);
  const previous = place !== record;
  const mixed = other.mixedScript && !record.mixedScript;
  return {
    score,
    similarity,
    match: score >= (options?.threshold ?? DEFAULT_THRESHOLDS.address),
    comment: previous
      ? 'The typed address is a former address of the person.'
      : matched.code === null
        ? null
        : COMMENTS[matched.code],
    code: previous ? 'previousAddress' : matched.code,
    reasons: mixed ? MIXED : previous ? PREVIOUS : NO_REASONS,
    compared: true,
    explanation: options?.explain === true ? explainAddress(place, other, matched) : NO_EXPLANATION,
  };
}
