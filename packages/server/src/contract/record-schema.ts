import { type Static, Type } from 'typebox';
import { exact, instant, orNull } from './answer-schema.ts';
import { pageWish } from './page-wish.ts';

const LedgerEntry = exact({
  id: Type.String({ description: 'As in the `recordId` of the answer.' }),
  at: instant('When it was written.'),
  surface: Type.String(),
  register: Type.Enum(['cpr', 'ssn'], { type: 'string' }),
  operation: Type.String({
    description: '`lookup`, `validate`, `verify`, or `unlock` or `change` by an operator.',
  }),
  outcome: Type.String(),
  failures: Type.Integer({ minimum: 0, description: 'Failures counted in the window after this entry.' }),
  blockedUntil: orNull('Where the entry was refused because of a block.'),
  reference: orNull('Yours; null once the details were erased.'),
  purpose: orNull('Yours; null once the details were erased.'),
  context: orNull('Yours; null once the details were erased.'),
  summary: orNull('The result, without a word of the record.'),
});

/** Which of its records an account wants to see. */
export const RecordWish = pageWish('Records', {
  reference: Type.Optional(Type.String({ description: 'Only with this reference.' })),
  register: Type.Optional(
    Type.Enum(['cpr', 'ssn'], { type: 'string', description: 'Only of this register.' }),
  ),
});
export type RecordWish = Static<typeof RecordWish>;

export const RecordPage = exact({
  records: Type.Array(LedgerEntry, { description: 'Newest first.' }),
  next: orNull('Hand it in as `cursor` for the next page; null on the last one.'),
});

export const RecordProof = exact({
  recordId: Type.String(),
  entry: Type.Integer({ minimum: 1, description: 'The place of the entry in the tree, from 1.' }),
  leaf: Type.String({ description: 'The exact text of the leaf that is hashed into the tree.' }),
  proof: Type.String({ description: 'C2SP tlog-proof with the checkpoint that it leads to.' }),
  vkey: Type.String({
    description: 'The key that the checkpoint is signed with. Compare it with one that you kept.',
  }),
});

export const RegisterList = exact({
  registers: Type.Array(
    exact({
      register: Type.Enum(['cpr', 'ssn'], { type: 'string' }),
      records: Type.Integer({ minimum: 0, description: 'Numbers that it holds.' }),
      lastImport: Type.Unsafe<string | null>({
        type: ['string', 'null'],
        format: 'date-time',
        description: 'When a file was last imported.',
      }),
      ageSeconds: Type.Unsafe<number | null>({ type: ['integer', 'null'], minimum: 0 }),
      chain: Type.Array(
        exact({
          task: Type.String({ description: 'The task number of CPR’s deliveries.' }),
          position: Type.String({ description: 'The production date of the file that was taken last.' }),
        }),
        { description: 'How far each chain of deliveries was read. Only CPR has chains.' },
      ),
    }),
  ),
});
export type RecordPage = Static<typeof RecordPage>;
export type RecordProof = Static<typeof RecordProof>;
export type RegisterList = Static<typeof RegisterList>;
