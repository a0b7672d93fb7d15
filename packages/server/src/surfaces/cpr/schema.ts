import { type Static, type TProperties, Type } from 'typebox';
import { PERSON_STATUS } from '../../person/status.ts';

const NOT_BLANK = '\\S';
const text = (description: string) => Type.String({ pattern: NOT_BLANK, description });
const optional = (description: string) =>
  Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], description }));
const orNull = (description: string) => Type.Unsafe<string | null>({ type: ['string', 'null'], description });
const cpr = Type.String({ pattern: '^[0-9]{10}$', description: 'CPR number, ten digits.' });

const audit = Type.Object({
  externalReference: text('Your reference, kept in the ledger.'),
  context: optional('Context, kept in the ledger.'),
});

export const LookUpBody = Type.Object({ audit, cpr });
export type LookUpBody = Static<typeof LookUpBody>;

export const ValidateBody = Type.Object({
  audit,
  cpr,
  firstNames: text('First and middle names.'),
  lastName: text('Surname.'),
  street: text('Street name.'),
  houseNumber: text('House number.'),
  floor: optional('Floor.'),
  door: optional('Door or side.'),
  postalCode: text('Postcode.'),
  city: text('City.'),
  dateOfBirth: Type.String({ format: 'date', description: 'Date of birth, `YYYY-MM-DD`.' }),
});
export type ValidateBody = Static<typeof ValidateBody>;

export const Person = Type.Object({
  person: Type.Object({
    cprNumber: Type.String(),
    name: Type.Object({
      givenName: orNull('First names'),
      middleName: orNull('Middle name'),
      surname: orNull('Surname'),
    }),
    address: Type.Object({
      streetName: orNull('The road as registered, at most 20 letters'),
      streetNumber: orNull('House number, or `B-` and a Greenlandic building number'),
      floor: orNull('Floor'),
      unit: orNull('Door'),
      careOfName: orNull('Care-of name as registered'),
      zipCode: orNull('Postcode'),
      zipName: orNull('Post district'),
      cityName: orNull('Place name inside the post district'),
    }),
    personStatus: Type.Enum(Object.values(PERSON_STATUS), { type: 'string' }),
    isNameAddressProtected: Type.Boolean(),
    retrievedAtUtc: Type.String({ format: 'date-time' }),
  }),
});
export type Person = Static<typeof Person>;

const field = Type.Object({
  score: Type.Integer({ minimum: 0, maximum: 100 }),
  match: Type.Boolean(),
  comment: orNull('One sentence, or null'),
});

export const Validation = Type.Object({
  verdict: Type.Enum(['Match', 'PartialMatch', 'NoMatch', 'NotFound', 'Error'], { type: 'string' }),
  overallScore: Type.Integer({ minimum: 0, maximum: 100 }),
  name: field,
  address: field,
  dateOfBirth: field,
  risk: Type.Object({
    level: Type.Enum(['Low', 'Medium', 'High'], { type: 'string' }),
    reasons: Type.Array(Type.String()),
  }),
  evidence: Type.Object({
    normalizedCprName: orNull('The register’s name as it was compared'),
    normalizedCustomerName: orNull('Your name as it was compared'),
    normalizedCprAddress: orNull('The register’s address as it was compared'),
    normalizedCustomerAddress: orNull('Your address as it was compared'),
    cprDateOfBirth: orNull('The register’s date of birth'),
  }),
});

export const Brokers = Type.Array(
  Type.Object({
    id: Type.String(),
    displayName: Type.String(),
    enabled: Type.Boolean(),
    requiresSeparateAgreement: Type.Boolean(),
    capabilities: Type.String({ description: 'One text, several joined with `, `.' }),
  }),
);

export const BrokerPath = Type.Object({ brokerId: Type.String() });

const filter = <T extends TProperties>(filters: T) => Type.Object(filters);
const wholeNumber = (description: string) =>
  Type.Optional(Type.String({ pattern: '^[0-9]{1,9}$', description }));

export const RecordFilter = filter({
  externalReference: Type.Optional(Type.String({ description: 'Entries with this reference.' })),
  from: Type.Optional(Type.String({ description: 'From this instant on (ISO 8601).' })),
  to: Type.Optional(Type.String({ description: 'Before this instant (ISO 8601).' })),
  category: Type.Optional(Type.String({ description: '`Cpr` or `Ssn`.' })),
  operation: Type.Optional(Type.String({ description: '`lookup`, `validate` or `verify`.' })),
  page: wholeNumber('Page, from 1.'),
  pageSize: wholeNumber('Entries per page, 1 to 500; 50 by default.'),
});
export type RecordFilter = Static<typeof RecordFilter>;

export const Records = Type.Object({
  page: Type.Integer(),
  pageSize: Type.Integer(),
  totalCount: Type.Integer(),
  items: Type.Array(
    Type.Object({
      id: Type.Integer(),
      externalReference: orNull('Your reference'),
      context: orNull('Your context'),
      category: Type.Enum(['Cpr', 'Ssn'], { type: 'string' }),
      operation: Type.Enum(['lookup', 'validate', 'verify'], { type: 'string' }),
      performedAt: Type.String({ format: 'date-time' }),
      resultSummary: orNull('The result, without a word of the record'),
    }),
  ),
});
export type Records = Static<typeof Records>;
