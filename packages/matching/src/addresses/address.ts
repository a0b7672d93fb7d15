import type { CompareOptions } from '../comparison.ts';
import type { Profile } from '../profile.ts';
import type { Place } from './place.ts';
import type { Road } from './road.ts';

/**
 * An address by its parts, on either side. Each part may be missing, and each may hold more than its name
 * says: a `road` of `Strandvejen 12, st. tv` is understood, and repeated numbers are read once.
 */
export interface AddressParts {
  readonly careOf?: string | undefined;
  /** The road; on the record's side its official name of at most 20 letters. */
  readonly road?: string | undefined;
  /** The road's full name, where the register has it. */
  readonly roadFullName?: string | undefined;
  readonly houseNumber?: string | undefined;
  /** Greenlandic building number, with or without `B-`. */
  readonly buildingNumber?: string | undefined;
  readonly floor?: string | undefined;
  readonly door?: string | undefined;
  readonly postcode?: string | undefined;
  /** The post district (København Ø). A typed town may stand here or in `city`. */
  readonly postDistrict?: string | undefined;
  /** The place name (bynavn), or the typed town. */
  readonly city?: string | undefined;
  readonly locality?: string | undefined;
  readonly municipalityCode?: string | undefined;
  /** CPR's road code: 9900 and above are no roads and never scored. */
  readonly roadCode?: string | undefined;
  /** Where the person lived before. Only those of the record side are looked at. */
  readonly former?: readonly Address[] | undefined;
}

/** An address in one line: `Strandvejen 123A, st. tv, 2900 Hellerup`. */
export interface AddressLine {
  readonly line: string;
  readonly former?: readonly Address[] | undefined;
}

export type Address = AddressParts | AddressLine;

/** What was read off an address. Empty strings stand for what is not there. */
export interface AddressReading {
  road: string;
  /** Without leading zeros. */
  number: string;
  letter: string;
  building: string;
  /** `st`, `kl`, `k2`, or a number without leading zeros. */
  floor: string;
  /** `th`, `tv`, `mf`, or what the register numbers the doors with. */
  door: string;
  postcode: string;
  places: string[];
  careOf: string;
  /** What stands in the address and is none of these. */
  rest: string[];
}

export function emptyReading(): AddressReading {
  return {
    road: '',
    number: '',
    letter: '',
    building: '',
    floor: '',
    door: '',
    postcode: '',
    places: [],
    careOf: '',
    rest: [],
  };
}

/** An address read and folded, ready for many comparisons. Treat it as opaque: its members may change. */
export interface PreparedAddress extends Readonly<AddressReading> {
  readonly source: Address;
  readonly profile: Profile;
  readonly roads: readonly Road[];
  readonly towns: readonly Place[];
  readonly fictive: boolean;
  readonly mixedScript: boolean;
  readonly former: readonly PreparedAddress[];
}

export interface AddressOptions extends CompareOptions {
  /** Other roads of the record's postcode: none of them may explain the typed road better than the record's. */
  readonly otherRoads?: readonly string[];
}
