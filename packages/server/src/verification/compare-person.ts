import {
  type AddressParts,
  type Combined,
  type CombineSettings,
  type Comparison,
  combine,
  compareAddress,
  compareDate,
  compareName,
  type NameParts,
  normalizeAddress,
  normalizeName,
  notCompared,
  prepareAddress,
  prepareName,
} from '@vidimus/matching';
import type { CprAddress } from '../person/cpr-person.ts';
import type { ComparablePerson } from '../person/disclosure.ts';

/** What a customer typed. */
export interface TypedPerson {
  readonly name: NameParts;
  readonly address: AddressParts;
  /** `YYYY-MM-DD`. */
  readonly dateOfBirth: string;
}

/** What was compared, as it was compared; null where it may not be shown or is not there. */
export interface Evidence {
  readonly cprName: string | null;
  readonly customerName: string | null;
  readonly cprAddress: string | null;
  readonly customerAddress: string | null;
  readonly cprDateOfBirth: string | null;
}

export interface Validation extends Combined {
  readonly evidence: Evidence;
}

/** What an account has set otherwise than by default. */
export type Grading = Pick<CombineSettings, 'weights' | 'thresholds'>;

/** What is known beside the record itself, from the register and of the asker. */
export interface Surroundings {
  readonly birthDate: string | null;
  /** Former addresses whose road could be named. */
  readonly formerAddresses: readonly AddressParts[];
  /** Names of the roads in the record's postcode. */
  readonly roadNames: readonly string[];
  /** Risk reasons that come from the record and not from the comparison. */
  readonly reasons: readonly string[];
  readonly grading: Grading;
}

const NO_EVIDENCE: Evidence = {
  cprName: null,
  customerName: null,
  cprAddress: null,
  customerAddress: null,
  cprDateOfBirth: null,
};

const PROTECTED = notCompared('The person has name and address protection.', 'protected');
const NAMELESS = notCompared('The register holds no name of the person.', 'nameUnknown');

/** Compares a record with what was typed. Pure; what may be compared was decided before. */
export function comparePerson(
  person: ComparablePerson,
  typed: TypedPerson,
  around: Surroundings,
): Validation {
  const dateOfBirth = compareDate(around.birthDate, typed.dateOfBirth);
  if (person.kind === 'hidden') {
    const fields = { name: PROTECTED, address: PROTECTED, dateOfBirth };
    return {
      ...combine(fields, { ...around.grading, reasons: around.reasons, verdict: 'PartialMatch' }),
      evidence: NO_EVIDENCE,
    };
  }
  const name = compareNames(person, typed.name);
  const address = compareAddresses(person.address, typed.address, around);
  return {
    ...combine({ name, address, dateOfBirth }, { ...around.grading, reasons: around.reasons }),
    evidence: person.showsEvidence
      ? {
          cprName: person.name === null ? null : normalizeName(person.name) || null,
          customerName: normalizeName(typed.name),
          cprAddress: person.address === null ? null : normalizeAddress(person.address) || null,
          customerAddress: normalizeAddress(typed.address),
          cprDateOfBirth: around.birthDate,
        }
      : NO_EVIDENCE,
  };
}

function compareNames(person: Extract<ComparablePerson, { kind: 'open' }>, typed: NameParts): Comparison {
  if (person.name === null) return NAMELESS;
  const prepared = prepareName({ ...person.name, former: person.formerNames }, { profile: 'dk' });
  return compareName(prepared, typed);
}

function compareAddresses(address: CprAddress | null, typed: AddressParts, around: Surroundings): Comparison {
  const prepared = prepareAddress({ ...address, former: around.formerAddresses }, { profile: 'dk' });
  return compareAddress(prepared, typed, { otherRoads: around.roadNames });
}
