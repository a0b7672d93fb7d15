import { type TProperties, Type } from 'typebox';
import { type CprStatus, PERSON_STATUS } from '../person/status.ts';

export const orNull = (description: string) =>
  Type.Unsafe<string | null>({ type: ['string', 'null'], description });

export const instant = (description: string) => Type.String({ format: 'date-time', description });

/** An object whose members are all there, and no others. */
export const exact = <P extends TProperties>(properties: P, description?: string) =>
  Type.Object(properties, { additionalProperties: false, ...(description !== undefined && { description }) });

export const statusOf = <const C extends CprStatus>(codes: readonly C[]) =>
  Type.Unsafe<(typeof PERSON_STATUS)[C]>({
    type: 'string',
    enum: codes.map((code) => PERSON_STATUS[code]),
    description: 'The status of the person in CPR.',
  });

/** How many unknown numbers an account may still ask for. */
const Budget = exact(
  {
    failures: Type.Integer({ minimum: 0, description: 'Unknown numbers counted in the last 24 hours.' }),
    remaining: Type.Integer({ minimum: 0, description: 'How many more do not block the account.' }),
  },
  'The budget of unknown CPR numbers after this question.',
);

/** What every answer says of itself, after its outcome and register. */
const ANSWERED = {
  subject: Type.String({
    pattern: '^sub_[A-Za-z0-9_-]{22}$',
    description:
      'Stands for the number, for your account alone: the same number gives the same token, another account gets another.',
  }),
  recordId: Type.String({ description: 'The entry of the ledger that was written before this answer.' }),
  answeredAt: instant('When the entry was written.'),
};
export const CPR_ANSWERED = { ...ANSWERED, budget: Budget };
export const SSN_ANSWERED = ANSWERED;
