import {
  type AddressLine,
  type AddressParts,
  type Combined,
  type CombineSettings,
  type ComparedFields,
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
import type { ComparablePerson } from '../person/disclosure.ts';
import { type Explanation, explainComparison, thresholdOf } from './explanation.ts';
import { addressToPass, DATE_TO_PASS, nameToPass, type Pass } from './ways-to-pass.ts';

/** What a customer typed; null where nothing was. */
export interface TypedPerson {
  readonly name: NameParts;
  readonly address: AddressParts | AddressLine | null;
  /** `YYYY-MM-DD`. */
  readonly dateOfBirth: string | null;
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
  readonly compared: ComparedFields;
  readonly evidence: Evidence;
  /** Null unless asked for, and where it may not be shown. */
  readonly explanation: Explanation | null;
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
  /** Whether the asker wants to know why. */
  readonly explain: boolean;
}

const NO_EVIDENCE: Evidence = {
  cprName: null,
  customerName: null,
  cprAddress: null,
  customerAddress: null,
  cprDateOfBirth: null,
};

/** Whose habits of names and addresses the register and its customers have. */
const DANISH = { profile: 'dk' } as const;

/** The code of a field that is kept from the asker. */
export const PROTECTED_CODE = 'protected';
const PROTECTED = notCompared('The person has name and address protection.', PROTECTED_CODE);
const NAMELESS = notCompared('The register holds no name of the person.', 'nameUnknown');

/** Compares a record with what was typed. Pure; what may be compared was decided before. */
export function comparePerson(
  person: ComparablePerson,
  typed: TypedPerson,
  around: Surroundings,
): Validation {
  const dateOfBirth = typed.dateOfBirth === null ? null : compareDate(around.birthDate, typed.dateOfBirth);
  if (person.kind === 'hidden') {
    const compared = { name: PROTECTED, address: typed.address && PROTECTED, dateOfBirth };
    return {
      ...combine(compared, { ...around.grading, reasons: around.reasons, verdict: 'PartialMatch' }),
      compared,
      evidence: NO_EVIDENCE,
      explanation: null,
    };
  }
  const explain = around.explain && person.showsEvidence;
  const register = {
    name: person.name && prepareName({ ...person.name, former: person.formerNames }, DANISH),
    address: prepareAddress({ ...person.address, former: around.formerAddresses }, DANISH),
  };
  const customer = {
    name: prepareName(typed.name, DANISH),
    address: typed.address && prepareAddress(typed.address, DANISH),
  };
  const names = (name: Parameters<typeof compareName>[1]): Comparison =>
    register.name === null ? NAMELESS : compareName(register.name, name, { explain });
  const addresses = (address: Parameters<typeof compareAddress>[1]): Comparison =>
    compareAddress(register.address, address, { otherRoads: around.roadNames, explain });
  const compared = {
    name: names(customer.name),
    address: customer.address && addresses(customer.address),
    dateOfBirth,
  };
  const combined = combine(compared, { ...around.grading, reasons: around.reasons });
  const toPass = explain
    ? waysToPass(person, typed, around.grading, combined, { compared, names, addresses })
    : [];
  return {
    ...combined,
    compared,
    evidence: person.showsEvidence
      ? {
          cprName: (register.name && normalizeName(register.name)) || null,
          customerName: normalizeName(customer.name),
          cprAddress: (person.address && normalizeAddress(register.address)) || null,
          customerAddress: customer.address && normalizeAddress(customer.address),
          cprDateOfBirth: around.birthDate,
        }
      : NO_EVIDENCE,
    explanation: explain ? explainComparison(compared, around.grading, combined.overallScore, toPass) : null,
  };
}

type Open = Extract<ComparablePerson, { kind: 'open' }>;

/** For each field that was compared and does not match, what would make it. */
function waysToPass(
  person: Open,
  typed: TypedPerson,
  grading: Grading,
  combined: Combined,
  by: {
    readonly compared: ComparedFields;
    readonly names: (typed: NameParts) => Comparison;
    readonly addresses: (typed: AddressParts) => Comparison;
  },
): Pass[] {
  const { name, address, dateOfBirth } = by.compared;
  const ways = [
    name.compared && !combined.name.match && person.name !== null
      ? nameToPass(person.name, typed.name, by.names, thresholdOf('name', grading))
      : null,
    address?.compared === true && !combined.address.match && person.address !== null && typed.address !== null
      ? addressToPass(person.address, typed.address, by.addresses, thresholdOf('address', grading))
      : null,
    dateOfBirth?.compared === true && !combined.dateOfBirth.match ? DATE_TO_PASS : null,
  ];
  return ways.filter((way) => way !== null);
}
