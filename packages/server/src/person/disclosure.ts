import { type CprAddress, type CprName, type CprPerson, isNameAddressProtected } from './cpr-person.ts';
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
