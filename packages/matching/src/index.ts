export type {
  Address,
  AddressLine,
  AddressOptions,
  AddressParts,
  PreparedAddress,
} from './addresses/address.ts';
export { addressParts } from './addresses/address-parts.ts';
export { asksFormerAddresses, compareAddress } from './addresses/compare-address.ts';
export { compareRoad } from './addresses/compare-road.ts';
export { normalizeAddress, prepareAddress } from './addresses/prepare-address.ts';
export type { Alignment, CompareOptions, Comparison, MatchReason, Relation } from './comparison.ts';
export { notCompared } from './comparison.ts';
export { compareDate } from './dates/compare-date.ts';
export { compareName } from './names/compare-name.ts';
export { gradeSsnName, type SsnGrade, type SsnGradeOptions } from './names/grade-ssn-name.ts';
export type { FullName, Name, NameOptions, NameParts, PreparedName } from './names/name.ts';
export { normalizeName, prepareName } from './names/prepare-name.ts';
export type { Profile } from './profile.ts';
export {
  type Combined,
  type CombineSettings,
  type ComparedFields,
  combine,
  DEFAULT_THRESHOLDS,
  DEFAULT_WEIGHTS,
  type FieldVerdict,
  type PerField,
  type Verdict,
  weightsOf,
} from './verdict/combine.ts';
export { type RiskLevel, riskLevelOf } from './verdict/risk.ts';
