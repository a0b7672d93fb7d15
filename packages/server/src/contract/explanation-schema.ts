import { Type } from 'typebox';
import { exact, orNull } from './answer-schema.ts';

const FIELDS = ['name', 'address', 'dateOfBirth'] as const;
const RELATIONS = [
  'equal',
  'folded',
  'initial',
  'nickname',
  'soundAlike',
  'spelling',
  'joined',
  'split',
  'abbreviation',
  'swappedRole',
  'middleAsSurname',
  'formerName',
  'extraTyped',
  'missingTyped',
  'conflict',
] as const;
const CHANGES = [
  'given',
  'middle',
  'surname',
  'careOf',
  'road',
  'houseNumber',
  'floor',
  'door',
  'postcode',
  'city',
  'dateOfBirth',
] as const;

const field = Type.Enum([...FIELDS], { type: 'string' });
const percent = (description: string) => Type.Integer({ minimum: 0, maximum: 100, description });

/** Why a comparison came out as it did. */
export const Explanation = exact(
  {
    fields: Type.Array(
      exact({
        field,
        score: percent('As in `fields`.'),
        threshold: percent('The score from which the field matches.'),
        rule: orNull('The rule that had the last word, as a stable code; null where nothing is to be said.'),
        alignment: Type.Array(
          exact({
            record: orNull('The register’s words, folded.'),
            typed: orNull('Your words, folded.'),
            relation: Type.Enum([...RELATIONS], { type: 'string', description: 'How they relate.' }),
            score: percent('How well they fit.'),
            weight: Type.Number({ minimum: 0, description: 'How much this line counts in the field.' }),
          }),
          { description: 'Every word of both sides, in exactly one line.' },
        ),
      }),
    ),
    arithmetic: exact(
      {
        terms: Type.Array(
          exact({
            field,
            score: percent('The score of the field; 0 where the register has nothing.'),
            weight: Type.Number({ minimum: 0, description: 'What the field counts.' }),
            product: Type.Number({ minimum: 0, description: 'Score times weight.' }),
          }),
        ),
        sum: Type.Number({ minimum: 0, description: 'The products, added up.' }),
        weights: Type.Number({ minimum: 0, description: 'The weights, added up.' }),
        score: percent(
          'Sum by weights, rounded half up; 99 at most unless every field that counts has 100. The score of the answer.',
        ),
      },
      'How the fields make the score. A field that you did not type counts nothing.',
    ),
    toPass: Type.Array(
      exact({
        field,
        change: Type.Array(Type.Enum([...CHANGES], { type: 'string' }), {
          minItems: 1,
          description: 'What you typed otherwise than the register has it.',
        }),
        score: percent('What the field would score with the register’s words in these places.'),
      }),
      {
        description:
          'For each field below its threshold: the fewest of its parts that would have to be as the register has them for the field to match. Computed by comparing again. Empty for SSN.',
      },
    ),
  },
  'Why the comparison came out as it did. For SSN the register’s names are never shown: it has no lines.',
);
