import { Type } from 'typebox';
import { keptDocument } from '../../contract/ask.ts';
import { LookupAnswer, LookupQuestion } from '../../contract/lookup-schema.ts';
import {
  KeptVerification,
  VerificationAnswer,
  VerificationQuestion,
} from '../../contract/verification-schema.ts';
import type { Journal } from '../../journal/journal.ts';
import { ask, read } from './described.ts';
import type { Questions } from './questions.ts';
import { recordId } from './records.ts';
import { refuse } from './refusals.ts';
import type { Route } from './route.ts';

const Id = Type.Object({ id: Type.String({ description: 'The `recordId` of a verification.' }) });

/** What asks a register, and what reads an answer again. */
export function questionRoutes(questions: Questions, journal: Pick<Journal, 'keptWith'>): readonly Route[] {
  return [
    {
      method: 'POST',
      url: '/lookups',
      isQuestion: true,
      schema: ask(
        {
          operationId: 'lookUp',
          tag: 'Questions',
          summary: 'Look a number up',
          description: 'What the register holds on a number, as far as your account may see it.',
        },
        LookupQuestion,
        LookupAnswer,
      ),
      answer: questions.lookUp,
    },
    {
      method: 'POST',
      url: '/verifications',
      isQuestion: true,
      schema: ask(
        {
          operationId: 'verify',
          tag: 'Questions',
          summary: 'Verify a person’s details',
          description: 'Compares what somebody typed with the register, and says why it fits or not.',
        },
        VerificationQuestion,
        VerificationAnswer,
        'too-many-names',
      ),
      answer: questions.verify,
    },
    {
      method: 'GET',
      url: '/verifications/:id',
      isQuestion: false,
      schema: {
        params: Id,
        ...read(
          { operationId: 'verification', tag: 'Questions', summary: 'Read a verification again' },
          KeptVerification,
          'verification-unknown',
        ),
      },
      async answer(request, reply, { asker }) {
        const id = recordId((request.params as { id: string }).id);
        const kept = id === null ? null : await journal.keptWith(asker.account, id);
        if (kept === null || kept.operation === 'lookup') {
          return refuse(request, reply, { code: 'verification-unknown' });
        }
        const keptUntil = new Date(kept.until).toISOString();
        return reply.send({ ...keptDocument(kept), keptUntil });
      },
    },
  ];
}
