import { Type } from 'typebox';

/** Long enough for any case number and any sentence; the body's limit is 16 KiB. */
const LONGEST_REFERENCE = 200;
const LONGEST_TEXT = 500;
const LONGEST_NAME = 200;
/** `DDMMYY - SSSS` with every blank that somebody may type. */
const LONGEST_NUMBER = 40;

const NOT_BLANK = '\\S';
const A_LETTER = '\\p{L}';

export const text = (description: string, maxLength = LONGEST_TEXT) =>
  Type.String({ pattern: NOT_BLANK, maxLength, description });

export const name = (description: string) =>
  Type.String({ pattern: A_LETTER, maxLength: LONGEST_NAME, description });

/** What every question has: whom it is about, and what for. */
export const ABOUT = {
  register: Type.Enum(['cpr', 'ssn'], { type: 'string', description: 'Which register is asked.' }),
  number: Type.String({
    maxLength: LONGEST_NUMBER,
    description:
      'The number as text. CPR: `DDMMYY-SSSS`, SSN: `XXX-XX-XXXX`; blanks and hyphens may be elsewhere or missing. It is never repeated.',
  }),
};

export const PURPOSE = {
  reference: text('Your case number; entries are found by it. No name, no number.', LONGEST_REFERENCE),
  purpose: text(
    'What the question is for, in words. Kept sealed in the ledger, told to the person on request.',
  ),
  context: Type.Optional(text('Whatever else the ledger shall keep.')),
};

const part = (description: string) => Type.Optional(text(description));

/** An address by its parts; a part may hold more than its name says. */
export const AddressParts = Type.Object(
  {
    careOf: part('Care-of name.'),
    road: part('Road.'),
    houseNumber: part('House number with its letter.'),
    floor: part('Floor.'),
    door: part('Door or side.'),
    postcode: part('Postcode.'),
    city: part('Town, place or post district.'),
  },
  { additionalProperties: false, minProperties: 1 },
);
