import type { Static } from 'typebox';
import type { Validation as Compared, TypedPerson } from '../../verification/compare-person.ts';
import type { ValidateBody, Validation } from './schema.ts';

type Answer = Static<typeof Validation>;

/** What the customer typed, in our words. */
export function typedPerson(body: ValidateBody): TypedPerson {
  return {
    name: { given: body.firstNames, surname: body.lastName },
    address: {
      road: body.street,
      houseNumber: body.houseNumber,
      floor: body.floor ?? undefined,
      door: body.door ?? undefined,
      postcode: body.postalCode,
      city: body.city,
    },
    dateOfBirth: body.dateOfBirth,
  };
}

/** A comparison in the vendor's spelling and member order. */
export function validationOf({ evidence, risk, ...compared }: Compared): Answer {
  return {
    verdict: compared.verdict,
    overallScore: compared.overallScore,
    name: compared.name,
    address: compared.address,
    dateOfBirth: compared.dateOfBirth,
    risk: { level: risk.level, reasons: [...risk.reasons] },
    evidence: {
      normalizedCprName: evidence.cprName,
      normalizedCustomerName: evidence.customerName,
      normalizedCprAddress: evidence.cprAddress,
      normalizedCustomerAddress: evidence.customerAddress,
      cprDateOfBirth: evidence.cprDateOfBirth,
    },
  };
}

const NOTHING = { score: 0, match: false, comment: null };
const REASONS = { NotFound: 'NotFound', Error: 'RegisterUnavailable' } as const;

/** The answer where there is no record to compare with. */
export function withoutRecord(verdict: 'NotFound' | 'Error'): Answer {
  return {
    verdict,
    overallScore: 0,
    name: NOTHING,
    address: NOTHING,
    dateOfBirth: NOTHING,
    risk: { level: 'High', reasons: [REASONS[verdict]] },
    evidence: {
      normalizedCprName: null,
      normalizedCustomerName: null,
      normalizedCprAddress: null,
      normalizedCustomerAddress: null,
      cprDateOfBirth: null,
    },
  };
}
