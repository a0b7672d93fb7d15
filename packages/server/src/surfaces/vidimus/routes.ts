import type { RouteOptions } from 'fastify';
import { Type } from 'typebox';
import { AccountState } from '../../contract/account-schema.ts';
import { LookupAnswer, LookupQuestion } from '../../contract/lookup-schema.ts';
import { RecordPage, RecordProof, RegisterList } from '../../contract/record-schema.ts';
import {
  KeptVerification,
  VerificationAnswer,
  VerificationQuestion,
} from '../../contract/verification-schema.ts';
import type { Http } from '../../http/open-http.ts';
import { ask, read } from './described.ts';

const RecordId = Type.Object({ id: Type.String({ description: 'The `recordId` of an answer.' }) });
const Page = Type.Object({
  cursor: Type.Optional(Type.String({ description: '`next` of the page before.' })),
  limit: Type.Optional(Type.String({ description: 'Records per page, 1 to 500; 50 by default.' })),
  reference: Type.Optional(Type.String({ description: 'Only with this reference.' })),
  register: Type.Optional(Type.String({ description: '`cpr` or `ssn`.' })),
});

/** Our own API, to be registered below `/vidimus/v1`. The contract is in this folder's README. */
export function vidimusRoutes(): (scope: Http) => Promise<void> {
  return async (scope) => {
    const route = (method: 'GET' | 'POST', url: string, schema: RouteOptions['schema']) =>
      scope.route({
        method,
        url,
        schema: schema as object,
        handler: (_request, reply) => reply.code(501).send(),
      });
    route(
      'POST',
      '/lookups',
      ask(
        {
          operationId: 'lookUp',
          tag: 'Questions',
          summary: 'Look a number up',
          description: 'What the register holds on a number, as far as your account may see it.',
        },
        LookupQuestion,
        LookupAnswer,
      ),
    );
    route(
      'POST',
      '/verifications',
      ask(
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
    );
    route('GET', '/verifications/:id', {
      params: RecordId,
      ...read(
        { operationId: 'verification', tag: 'Questions', summary: 'Read a verification again' },
        KeptVerification,
        'verification-unknown',
      ),
    });
    route(
      'GET',
      '/account',
      read({ operationId: 'account', tag: 'Account', summary: 'What the account may do' }, AccountState),
    );
    route('GET', '/records', {
      querystring: Page,
      ...read(
        { operationId: 'records', tag: 'Account', summary: 'What the account has asked, newest first' },
        RecordPage,
        'input-invalid',
      ),
    });
    route('GET', '/records/:id/proof', {
      params: RecordId,
      ...read(
        { operationId: 'proof', tag: 'Account', summary: 'Proof that a record is in the ledger' },
        RecordProof,
        'record-unknown',
      ),
    });
    route(
      'GET',
      '/registers',
      read(
        { operationId: 'registers', tag: 'Account', summary: 'What the registers hold, and how old it is' },
        RegisterList,
      ),
    );
  };
}
