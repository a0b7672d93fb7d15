import type { Cpr, Ssn } from '@vidimus/numbers';
import type { CprPerson } from '../person/cpr-person.ts';
import type { SsnHolder } from '../person/ssn-holder.ts';
import type { Road, RoadCode } from './road.ts';

export type Finding<T> =
  | { readonly kind: 'held'; readonly record: T }
  | { readonly kind: 'absent' }
  /** The register could not be asked; nothing is known about the number, and nothing counts. */
  | { readonly kind: 'unreachable' };

/** Where CPR records come from: the embedded register, a database or an upstream. */
export interface CprSource {
  find(cpr: Cpr): Promise<Finding<CprPerson>>;
  /** The road of a code, null where the source cannot name it. */
  road(code: RoadCode): Promise<Road | null>;
  /** The names of the roads that the source knows in a postcode, to tell which one a typed name means. */
  roadNames(postcode: string): Promise<readonly string[]>;
}

/** Where SSN records come from. */
export interface SsnSource {
  find(ssn: Ssn): Promise<Finding<SsnHolder>>;
}
