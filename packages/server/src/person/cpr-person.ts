import type { Cpr } from '@vidimus/numbers';
import type { CprStatus } from './status.ts';

/** A name as CPR holds it (records 008 and 026). A part that the register does not have is empty. */
export interface CprName {
  readonly given: string;
  readonly middle: string;
  readonly surname: string;
}

export interface FormerName extends CprName {
  /** First and last day, `YYYY-MM-DD`; null when the register does not know them exactly. */
  readonly from: string | null;
  readonly to: string | null;
}

/** An address inside Denmark or Greenland, from records 002 and 003. Parts the register does not have are empty. */
export interface CprAddress {
  readonly careOf: string;
  /** The road's addressing name, at most 20 letters (VEJADRNVN). */
  readonly road: string;
  /** The road's full name (VEJNVN), only in records 002 of type B. */
  readonly roadFullName: string;
  /** House number without leading zeros, with its letter: `16`, `8A`. */
  readonly houseNumber: string;
  /** Greenlandic building number without leading zeros: `3112`, for show as `B-3112`. */
  readonly buildingNumber: string;
  readonly floor: string;
  readonly door: string;
  /** Place name (BYNVN), often a village inside the post district. */
  readonly city: string;
  readonly postcode: string;
  readonly postDistrict: string;
  readonly locality: string;
  readonly municipalityCode: string;
  readonly roadCode: string;
}

/** A former address (record 023): codes only, since CPR delivers no road name with it. */
export interface FormerAddress {
  readonly municipalityCode: string;
  readonly roadCode: string;
  readonly houseNumber: string;
  readonly buildingNumber: string;
  readonly floor: string;
  readonly door: string;
  readonly careOf: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** One protection (record 004 BESKYTTYPE): `0001` hides name and address, the others do not. */
export interface Protection {
  readonly type: string;
  readonly since: string | null;
}

/**
 * What the register holds on one CPR number. Only what a verification uses is kept; relatives, church,
 * nationality and the like are read past. The number itself is the key and not part of the record.
 */
export interface CprPerson {
  readonly status: CprStatus;
  readonly statusSince: string | null;
  readonly sex: 'M' | 'K' | null;
  /** The register's own date (FOED_DT), which wins over the one readable off the number. */
  readonly birthDate: string | null;
  readonly birthDateUncertain: boolean;
  /** The number now in force, when this one was deleted or changed (PNRGAELD). */
  readonly currentNumber: Cpr | null;
  readonly name: CprName | null;
  readonly address: CprAddress | null;
  readonly protections: readonly Protection[];
  readonly formerNames: readonly FormerName[];
  readonly formerAddresses: readonly FormerAddress[];
  readonly earlierNumbers: readonly Cpr[];
  readonly emigration: { readonly countryCode: string; readonly since: string | null } | null;
}

/**
 * Protected means that a 0001 record came with the person's latest delivery, and nothing else: its delete
 * date is CPR's housekeeping and never an end, a start in the future already counts (CPR Act § 28;
 * CPR's note on the delete date of 28 November 2022).
 */
export function isNameAddressProtected(person: CprPerson): boolean {
  return person.protections.some((protection) => protection.type === '0001');
}
