import {
  type CprAddress,
  type CprName,
  type CprPerson,
  type FormerAddress,
  type FormerName,
  isNameAddressProtected,
} from './cpr-person.ts';
import type { SsnHolder } from './ssn-holder.ts';
import type { CprStatus } from './status.ts';

/**
 * What a caller may see of a person. A protected person has no name or address here at all, so that no
 * surface can print one by accident.
 */
export type DisclosedPerson =
  | { readonly kind: 'protected'; readonly status: CprStatus }
  | {
      readonly kind: 'open';
      readonly status: CprStatus;
      readonly name: CprName | null;
      /** Null where the register has none, and for everybody whose last address says nothing about today. */
      readonly address: CprAddress | null;
    };

/**
 * Emigrated, missing and deceased persons live nowhere in the register any more; a cancelled, deleted or
 * changed number belongs to nobody. Their names may be given, an address may not.
 */
const WITHOUT_ADDRESS: ReadonlySet<CprStatus> = new Set(['30', '50', '60', '70', '80', '90']);

/** The only place that decides which fields of a record may leave the house. */
export function disclose(person: CprPerson): DisclosedPerson {
  if (isNameAddressProtected(person)) return { kind: 'protected', status: person.status };
  return {
    kind: 'open',
    status: person.status,
    name: person.name,
    address: WITHOUT_ADDRESS.has(person.status) ? null : person.address,
  };
}

/**
 * What a typed name and address may be compared with. A comparison tells about a record even where it shows
 * nothing of it, so a protected person is compared for nobody without the capability for it.
 */
export type ComparablePerson =
  | { readonly kind: 'hidden' }
  | {
      readonly kind: 'open';
      readonly name: CprName | null;
      readonly address: CprAddress | null;
      readonly formerNames: readonly FormerName[];
      readonly formerAddresses: readonly FormerAddress[];
      /** Whether the asker may be shown what was compared. */
      readonly showsEvidence: boolean;
    };

/** Decides what may be compared, and whether the comparison may be shown. */
export function comparable(person: CprPerson, mayCompareProtected: boolean): ComparablePerson {
  const isProtected = isNameAddressProtected(person);
  if (isProtected && !mayCompareProtected) return { kind: 'hidden' };
  const hasAddress = !WITHOUT_ADDRESS.has(person.status);
  return {
    kind: 'open',
    name: person.name,
    address: hasAddress ? person.address : null,
    formerNames: person.formerNames,
    formerAddresses: hasAddress ? person.formerAddresses : [],
    showsEvidence: !isProtected,
  };
}

/** What a caller may see of the holder of an SSN without knowing a name: never whose number it is. */
export type DisclosedHolder = { readonly kind: 'held' } | { readonly kind: 'deceased' };

/** A death is not told where the account has it that only who knows the name may know. */
export function discloseHolder({ isDeceased }: SsnHolder, deceasedNeedsName: boolean): DisclosedHolder {
  return { kind: isDeceased && !deceasedNeedsName ? 'deceased' : 'held' };
}
