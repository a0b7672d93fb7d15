/** What a person's record says of their place in the register, as SSN Details and CPR lookup spell it. */
export type CprPersonStatus = string;

export interface CprPersonName {
  readonly given: string | null;
  readonly middle: string | null;
  readonly surname: string | null;
}

export interface CprPersonAddress {
  /** The road as registered, at most 20 letters. */
  readonly road: string | null;
  readonly houseNumber: string | null;
  readonly floor: string | null;
  readonly door: string | null;
  readonly careOf: string | null;
  readonly postcode: string | null;
  readonly postDistrict: string | null;
  /** Place name inside the post district. */
  readonly place: string | null;
}

/** Until then every lookup of the account is refused. */
export interface Blocked {
  readonly kind: 'blocked';
  readonly until: Date;
}

/** A person as a lookup of a vendor's surface shows them; who is protected has no name or address here at all. */
export type CprLookup =
  | {
      readonly kind: 'found';
      readonly status: CprPersonStatus;
      readonly name: CprPersonName;
      /** Null where the register has none, and for emigrated, missing and deceased persons. */
      readonly address: CprPersonAddress | null;
    }
  | { readonly kind: 'protected'; readonly status: CprPersonStatus }
  /** It has counted as a failed lookup. */
  | { readonly kind: 'unknown' }
  | Blocked
  /** The register could not be asked. Nothing counted. */
  | { readonly kind: 'unavailable' };

/** Null instead of an address of nulls. */
export function addressOrNull(address: CprPersonAddress): CprPersonAddress | null {
  return Object.values(address).every((line) => line === null) ? null : address;
}
