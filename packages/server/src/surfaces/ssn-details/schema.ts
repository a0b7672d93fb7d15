import { type Static, Type } from 'typebox';
import { PERSON_STATUS } from '../../person/status.ts';

export const LookUpBody = Type.Object(
  {
    Cpr: Type.String({
      pattern: '^[0-9]{6}-?[0-9]{4}$',
      description: 'CPR number: ten digits, or `DDMMYY-SSSS`.',
      examples: ['0701614089'],
    }),
  },
  { description: 'Keys are matched without regard to case; unknown keys are ignored.' },
);

export type LookUpBody = Static<typeof LookUpBody>;

const text = (description: string) => Type.Optional(Type.String({ description }));

/** Required members first, then in the order of the vendor's table: the serialiser keeps this order. */
export const Details = Type.Object(
  {
    'ssn.details.status': Type.Enum(['success', 'unable_to_lookup'], { type: 'string' }),
    'ssn.details.name_address_protected': Type.Optional(Type.Enum(['true', 'false'], { type: 'string' })),
    'ssn.details.person_status': Type.Optional(Type.Enum(Object.values(PERSON_STATUS), { type: 'string' })),
    'ssn.details.given_name': text('The given (first) name'),
    'ssn.details.middle_name': text('The middle name'),
    'ssn.details.surname': text('The surname (last name)'),
    'ssn.details.care_of_name': text('Care-of name as registered'),
    'ssn.details.city_name': text('Place name inside the post district'),
    'ssn.details.floor': text('Floor'),
    'ssn.details.street_name': text('The road as registered, at most 20 letters'),
    'ssn.details.street_number': text('House number, or `B-` and a Greenlandic building number'),
    'ssn.details.unit': text('Door'),
    'ssn.details.zip_code': text('Postcode'),
    'ssn.details.zip_name': text('Post district'),
  },
  { description: 'Flat, all values strings, only members that have a value.' },
);
export type Details = Static<typeof Details>;

export const ErrorMessage = Type.Object({ errorMessage: Type.String() }, { description: 'What went wrong.' });
export const Empty = Type.Null({ description: 'No body.' });
