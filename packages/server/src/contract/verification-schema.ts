import { type Static, Type } from 'typebox';
import { CPR_ANSWERED, exact, instant, orNull, SSN_ANSWERED } from './answer-schema.ts';
import { Explanation } from './explanation-schema.ts';
import { ABOUT, AddressParts, name, PURPOSE, text } from './question-schema.ts';

export const VerificationQuestion = Type.Object(
  {
    ...ABOUT,
    given: name('First names, as they were typed.'),
    middle: Type.Optional(name('Middle names.')),
    surname: name('Surname.'),
    address: Type.Optional(
      Type.Union([text('The address in one line.'), AddressParts], {
        description: 'One line, or parts. An SSN register has no addresses.',
      }),
    ),
    dateOfBirth: Type.Optional(
      Type.String({
        maxLength: 20,
        description:
          '`YYYY-MM-DD`. Also with the day first for `cpr` (`13.07.1961`) and the month first for `ssn` (`07/13/1961`).',
      }),
    ),
    ...PURPOSE,
  },
  {
    additionalProperties: false,
    examples: [
      {
        register: 'cpr',
        number: '1307610015',
        given: 'Poul Udt',
        surname: 'Junkersen',
        address: 'Industrivænget 2, st. th, 9000 Aalborg',
        dateOfBirth: '1961-07-13',
        reference: 'case-1',
        purpose: 'Opening an account',
      },
    ],
  },
);

const FIELD_STATES = ['match', 'partial', 'mismatch', 'notSupplied', 'noData', 'protected'] as const;

const Field = exact({
  state: Type.Enum([...FIELD_STATES], {
    type: 'string',
    description:
      '`match` from the threshold on, `partial` where somebody should look, `mismatch` below. `notSupplied`: you typed nothing. `noData`: the register has nothing to compare with. `protected`: not compared for you.',
  }),
  score: Type.Unsafe<number | null>({
    type: ['integer', 'null'],
    minimum: 0,
    maximum: 100,
    description: 'Null where nothing was compared.',
  }),
  comment: orNull('One sentence, or null.'),
});
const Fields = exact({ name: Field, address: Field, dateOfBirth: Field });
const Risk = exact({
  level: Type.Enum(['low', 'medium', 'high'], { type: 'string' }),
  reasons: Type.Array(Type.String(), { description: 'Stable codes, as `Deceased` and `NameMismatch`.' }),
});
const verdict = Type.Enum(['match', 'partialMatch', 'noMatch'], {
  type: 'string',
  description:
    '`match`: whatever you typed matches. `noMatch`: neither name nor address does. `partialMatch`: everything between.',
});
const score = Type.Integer({ minimum: 0, maximum: 100, description: 'The weighted mean of the fields.' });
const CPR_HEAD = { register: Type.Literal('cpr') };
const SSN_HEAD = { register: Type.Literal('ssn') };
const COMPARED = {
  verdict,
  score,
  fields: Fields,
  risk: Risk,
  explanation: Type.Union([Explanation, Type.Null()], {
    description: 'Null where it would show what your account may not see.',
  }),
};

const answers = <P extends Record<string, ReturnType<typeof instant>>>(more: P) =>
  Type.Union([
    exact(
      { outcome: Type.Literal('compared'), ...CPR_HEAD, ...COMPARED, ...CPR_ANSWERED, ...more },
      'The register holds the number, and what you typed was compared.',
    ),
    exact(
      {
        outcome: Type.Literal('protected'),
        ...CPR_HEAD,
        fields: Fields,
        risk: Risk,
        ...CPR_ANSWERED,
        ...more,
      },
      'Name and address protection: only the date of birth is compared.',
    ),
    exact(
      { outcome: Type.Literal('unknown'), ...CPR_HEAD, risk: Risk, ...CPR_ANSWERED, ...more },
      'The register does not hold the number. It counts.',
    ),
    exact(
      { outcome: Type.Literal('compared'), ...SSN_HEAD, ...COMPARED, ...SSN_ANSWERED, ...more },
      'The register holds the number, and the name was graded.',
    ),
    exact(
      { outcome: Type.Literal('deceased'), ...SSN_HEAD, risk: Risk, ...SSN_ANSWERED, ...more },
      'The holder is reported dead; whether the name fits is not told.',
    ),
    exact(
      { outcome: Type.Literal('unknown'), ...SSN_HEAD, risk: Risk, ...SSN_ANSWERED, ...more },
      'The register does not hold the number.',
    ),
  ]);

/** What a verification answers. It is kept under its `recordId`. */
export const VerificationAnswer = answers({});

/** The same, read again by its `recordId`. */
export const KeptVerification = answers({ keptUntil: instant('When this is deleted.') });
export type VerificationQuestion = Static<typeof VerificationQuestion>;
export type VerificationAnswer = Static<typeof VerificationAnswer>;
export type KeptVerification = Static<typeof KeptVerification>;
