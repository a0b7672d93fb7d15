import { type Static, Type } from 'typebox';
import { exact, instant, orNull } from './answer-schema.ts';
import { pageWish } from './page-wish.ts';
import { ABOUT, PURPOSE } from './question-schema.ts';

/** What a batch is asked with beside its rows, as parameters of the query. No person is in them. */
export const BatchWish = Type.Object(
  {
    register: ABOUT.register,
    reference: PURPOSE.reference,
    purpose: PURPOSE.purpose,
    maxUnknown: Type.Optional(
      Type.String({
        description:
          'Stop at more unknown numbers than these, 0 to 999999999. The limit of the account holds beside it.',
      }),
    ),
  },
  { additionalProperties: false },
);

const orNullWhen = (description: string) =>
  Type.Unsafe<string | null>({ type: ['string', 'null'], format: 'date-time', description });
const countOrNull = (description: string) =>
  Type.Unsafe<number | null>({ type: ['integer', 'null'], minimum: 0, description });
const count = (description: string) => Type.Integer({ minimum: 0, description });

export const BATCH_STATES = ['queued', 'running', 'stopped', 'finished', 'failed', 'cancelled'] as const;
export type BatchStateName = (typeof BATCH_STATES)[number];

export const BatchDocument = exact({
  id: Type.String({ pattern: '^bat_' }),
  register: ABOUT.register,
  state: Type.Enum([...BATCH_STATES], {
    type: 'string',
    description:
      '`queued`: no row is done yet. `stopped` can go on, and `reason` says when. `finished`: every row has a result.',
  }),
  reason: orNull(
    'Why it stopped or failed: `too-many-unknown`, `account-blocked`, `account-disabled`, `capability-missing`, `register-unavailable`, or a word for the operator.',
  ),
  reference: Type.String({ description: 'Yours, for rows that have none of their own.' }),
  purpose: Type.String(),
  format: Type.Enum(['csv', 'jsonl'], { type: 'string', description: 'Of the rows, and of the results.' }),
  rows: count('Rows that were uploaded.'),
  done: count('Rows that have a result.'),
  errors: count('Rows among them that could not be asked about.'),
  unknown: count('Unknown numbers found so far.'),
  maxUnknown: count('Unknown numbers that this batch may find; the account’s limit holds beside it.'),
  rowsPerSecond: countOrNull('Null while nobody works on it.'),
  secondsLeft: countOrNull('At this rate; null while there is none.'),
  createdAt: instant('When the upload was complete.'),
  endedAt: orNullWhen('When it ended or stopped.'),
  keptUntil: orNullWhen('When its results will be deleted; null before its end and after that.'),
  forgottenAt: orNullWhen('When its results were deleted.'),
  links: exact({
    self: Type.String({ description: 'Where this document is.' }),
    results: Type.String({ description: 'Where the results are once the batch is at its end or stopped.' }),
  }),
});
export type BatchDocument = Static<typeof BatchDocument>;

export const BatchPageWish = pageWish('Batches', {});
export type BatchPageWish = Static<typeof BatchPageWish>;

export const BatchPage = exact({
  batches: Type.Array(BatchDocument, { description: 'Newest first.' }),
  next: orNull('Hand it in as `cursor` for the next page; null on the last one.'),
});
export type BatchPage = Static<typeof BatchPage>;
