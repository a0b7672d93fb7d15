import type { Cpr } from '@vidimus/numbers';
import type { CprPerson } from '../person/cpr-person.ts';

export type CprFinding =
  | { readonly kind: 'held'; readonly person: CprPerson }
  | { readonly kind: 'absent' }
  /** The register could not be asked; nothing is known about the number, and nothing counts. */
  | { readonly kind: 'unreachable' };

/** Where CPR records come from: the embedded register, a database or an upstream. */
export interface CprSource {
  find(cpr: Cpr): Promise<CprFinding>;
}
