import { type Static, type TProperties, Type } from 'typebox';
import { CPR_ANSWERED, exact, orNull, SSN_ANSWERED, statusOf } from './answer-schema.ts';
import { ABOUT, PURPOSE } from './question-schema.ts';

export const LookupQuestion = Type.Object(
  { ...ABOUT, ...PURPOSE },
  {
    additionalProperties: false,
    examples: [
      { register: 'cpr', number: '130761-0015', reference: 'case-1', purpose: 'Opening an account' },
    ],
  },
);

const Name = exact({
  given: orNull('First names.'),
  middle: orNull('Middle name.'),
  surname: orNull('Surname.'),
});
const Address = exact({
  careOf: orNull('Care-of name as registered.'),
  road: orNull('The road as registered, at most 20 letters.'),
  houseNumber: orNull('House number, or `B-` and a Greenlandic building number.'),
  floor: orNull('Floor.'),
  door: orNull('Door.'),
  city: orNull('Place name inside the post district.'),
  postcode: orNull('Postcode.'),
  postDistrict: orNull('Post district.'),
});
const nameOrNull = Type.Union([Name, Type.Null()], {
  description: 'Null where the register has none, as of a newborn child.',
});
const addressOrNull = Type.Union([Address, Type.Null()], {
  description: 'Null where the register has none.',
});

const cpr = <const O extends string, P extends TProperties>(outcome: O, description: string, properties: P) =>
  exact(
    { outcome: Type.Literal(outcome), register: Type.Literal('cpr'), ...properties, ...CPR_ANSWERED },
    description,
  );
const ssn = <const O extends string>(outcome: O, description: string) =>
  exact({ outcome: Type.Literal(outcome), register: Type.Literal('ssn'), ...SSN_ANSWERED }, description);

const isProtected = <const T extends boolean>(value: T) =>
  Type.Literal(value, { description: 'Whether the person has name and address protection.' });

/** What a lookup may answer: members that an outcome may not show are no members of it. */
export const LookupAnswer = Type.Union([
  cpr('found', 'A living person, registered in Denmark or Greenland, or an administrative number.', {
    status: statusOf(['01', '03', '05', '07', '20']),
    nameAddressProtected: isProtected(false),
    name: nameOrNull,
    address: addressOrNull,
  }),
  cpr('protected', 'The person has name and address protection: no name, no address.', {
    status: statusOf(['01', '03', '05', '07', '20', '30', '50', '60', '70', '80', '90']),
    nameAddressProtected: isProtected(true),
  }),
  cpr('emigrated', 'The person has left the country.', {
    status: statusOf(['80']),
    nameAddressProtected: isProtected(false),
    name: nameOrNull,
  }),
  cpr('missing', 'The person is missing.', {
    status: statusOf(['70']),
    nameAddressProtected: isProtected(false),
    name: nameOrNull,
  }),
  cpr('deceased', 'The person is dead.', {
    status: statusOf(['90']),
    nameAddressProtected: isProtected(false),
    name: nameOrNull,
  }),
  cpr('retired', 'The number is nobody’s any more: cancelled, deleted or changed.', {
    status: statusOf(['30', '50', '60']),
    nameAddressProtected: isProtected(false),
    name: nameOrNull,
    currentSubject: orNull(
      'The subject of the number that the person has now: what your account is given when it asks about that number. Null where the register names none, or holds it protected.',
    ),
  }),
  cpr('unknown', 'The register does not hold the number. It counts.', {}),
  ssn('held', 'Somebody holds the number. Whose it is, an SSN register tells nobody: verify a name.'),
  ssn('deceased', 'The holder of the number is reported dead.'),
  ssn('unknown', 'The register does not hold the number.'),
]);
export type LookupQuestion = Static<typeof LookupQuestion>;
export type LookupAnswer = Static<typeof LookupAnswer>;
