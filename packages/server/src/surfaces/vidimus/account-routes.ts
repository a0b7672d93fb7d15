import { Type } from 'typebox';
import { accountState } from '../../contract/account-answer.ts';
import { AccountState } from '../../contract/account-schema.ts';
import { RecordPage, RecordProof, RecordWish, RegisterList } from '../../contract/record-schema.ts';
import type { RegisterName } from '../../journal/entry.ts';
import type { Journal } from '../../journal/journal.ts';
import { read } from './described.ts';
import { pageOf, readPage, recordId } from './records.ts';
import { refuse } from './refusals.ts';
import { type RegisterFacts, registerList } from './registers.ts';
import type { Route } from './route.ts';

export interface AccountParts {
  readonly clock: () => number;
  readonly journal: Pick<Journal, 'budget' | 'records' | 'recordOf'>;
  /** Proof that an entry of the ledger is in its tree. */
  readonly prove: (entry: number) => Promise<EntryProof>;
  readonly registerFacts: (register: RegisterName) => RegisterFacts | null | Promise<RegisterFacts | null>;
}

interface EntryProof {
  readonly leaf: string;
  readonly proof: string;
  readonly vkey: string;
}

const Id = Type.Object({ id: Type.String({ description: 'The `recordId` of an answer.' }) });

/** What an account may do, what it has done, and what there is to ask. */
export function accountRoutes(parts: AccountParts): readonly Route[] {
  const { clock, journal, prove, registerFacts } = parts;
  return [
    {
      method: 'GET',
      url: '/account',
      isQuestion: false,
      schema: read(
        { operationId: 'account', tag: 'Account', summary: 'What the account may do' },
        AccountState,
      ),
      answer: async (_request, reply, { account }) =>
        reply.send(accountState(account, await journal.budget(account.id, 'cpr'), clock())),
    },
    {
      method: 'GET',
      url: '/records',
      isQuestion: false,
      schema: {
        querystring: RecordWish,
        ...read(
          { operationId: 'records', tag: 'Account', summary: 'What the account has asked, newest first' },
          RecordPage,
          'input-invalid',
        ),
      },
      async answer(request, reply, { account }) {
        const reading = readPage(account.id, request.query);
        return reading.kind === 'refused'
          ? refuse(request, reply, { code: 'input-invalid', errors: reading.faults })
          : reply.send(await pageOf(journal, reading.question));
      },
    },
    {
      method: 'GET',
      url: '/records/:id/proof',
      isQuestion: false,
      schema: {
        params: Id,
        ...read(
          { operationId: 'proof', tag: 'Account', summary: 'Proof that a record is in the ledger' },
          RecordProof,
          'record-unknown',
          'proof-pending',
        ),
      },
      async answer(request, reply, { account }) {
        const id = recordId((request.params as { id: string }).id);
        const record = id === null ? null : await journal.recordOf(account.id, id);
        if (record === null) return refuse(request, reply, { code: 'record-unknown' });
        const { entry } = record;
        if (entry === null) return refuse(request, reply, { code: 'proof-pending', waitMs: 1000 });
        const { leaf, proof, vkey } = await prove(entry);
        return reply.send({ recordId: String(record.id), entry, leaf, proof, vkey });
      },
    },
    {
      method: 'GET',
      url: '/registers',
      isQuestion: false,
      schema: read(
        { operationId: 'registers', tag: 'Account', summary: 'What the registers hold, and how old it is' },
        RegisterList,
      ),
      answer: async (_request, reply) => reply.send(await registerList(registerFacts, clock())),
    },
  ];
}
