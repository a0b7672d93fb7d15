import type { FastifyError, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { foldKeys } from '../../http/fold-keys.ts';
import { onlyAllow } from '../../http/method-not-allowed.ts';
import type { Http } from '../../http/open-http.ts';
import { PROBLEM_ANSWER } from '../../http/problem.ts';
import type { LedgerReader } from '../../journal/records.ts';
import { badFieldsOf } from './bad-input.ts';
import { brokersFor } from './brokers.ts';
import { type CallerParts, openCallers, type Question } from './callers.ts';
import { answerBlocked, answerLookUp, answerValidate, type QuestionParts } from './questions.ts';
import { readFilter, recordsOf } from './records.ts';
import { refuse } from './refusals.ts';
import {
  BrokerPath,
  Brokers,
  LookUpBody,
  Person,
  RecordFilter,
  Records,
  ValidateBody,
  Validation,
} from './schema.ts';

export interface CprParts extends CallerParts, QuestionParts {
  readonly ledger: LedgerReader;
}

const ERRORS = {
  400: PROBLEM_ANSWER,
  401: PROBLEM_ANSWER,
  403: PROBLEM_ANSWER,
  413: PROBLEM_ANSWER,
  415: PROBLEM_ANSWER,
  429: PROBLEM_ANSWER,
  500: PROBLEM_ANSWER,
};

/** CPR lookup and validation of Fortuna Compliance, to be registered below `/api`. The contract is in the README. */
export function cprRoutes(parts: CprParts): (scope: Http) => Promise<void> {
  const callers = openCallers(parts);

  async function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
    const block = callers.blockOf(request);
    if (block !== null) return answerBlocked(parts, block, request, reply);
    if (error.validation !== undefined) {
      return refuse(request, reply, { kind: 'bad-input', fields: badFieldsOf(error.validation) });
    }
    return refuse(request, reply, { kind: 'status', status: error.statusCode ?? 500 });
  }

  function answerBrokers(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const brokers = brokersFor(callers.of(request).account.settings);
    return reply.send(
      brokers.map(({ id, displayName, requiresSeparateAgreement, capabilities }) => ({
        id,
        displayName,
        enabled: true,
        requiresSeparateAgreement,
        capabilities: capabilities.join(', '),
      })),
    );
  }

  async function answerRecords(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const reading = readFilter(callers.of(request).account.id, request.query as RecordFilter);
    if (reading.kind === 'bad') return refuse(request, reply, { kind: 'bad-input', fields: reading.fields });
    return reply.send(await recordsOf(parts.ledger, reading.query, reading.page));
  }

  return async (scope) => {
    scope.setErrorHandler<FastifyError>(answerError);
    scope.setNotFoundHandler((request, reply) => refuse(request, reply, { kind: 'status', status: 404 }));

    function route(
      url: string,
      question: Question | null,
      options: Pick<RouteOptions, 'schema' | 'preValidation' | 'handler'>,
    ) {
      const method = question === null ? 'GET' : 'POST';
      onlyAllow(scope, url, [method], (request, reply) =>
        refuse(request, reply, { kind: 'status', status: 405 }),
      );
      scope.route({ method, url, onRequest: callers.letIn(question), ...options });
    }

    function ask(
      url: string,
      question: Question,
      body: typeof LookUpBody | typeof ValidateBody,
      schema: object,
    ) {
      const answer = question === 'lookup' ? answerLookUp : answerValidate;
      route(url, question, {
        schema: described({ params: BrokerPath, body, ...schema }),
        preValidation: async (request) => {
          request.body = foldKeys(body, request.body);
        },
        handler: (request, reply) => {
          const block = callers.blockOf(request);
          return block === null
            ? answer(parts, callers.of(request), request, reply)
            : answerBlocked(parts, block, request, reply);
        },
      });
    }

    route('/brokers', null, {
      schema: described({
        operationId: 'brokers',
        summary: 'The brokers enabled for you',
        response: { 200: Brokers, ...ERRORS },
      }),
      handler: answerBrokers,
    });
    route('/audit/records', null, {
      schema: described({
        operationId: 'auditRecords',
        summary: 'What you have asked',
        querystring: RecordFilter,
        response: { 200: Records, ...ERRORS },
      }),
      preValidation: async (request) => {
        request.query = foldKeys(RecordFilter, request.query);
      },
      handler: answerRecords,
    });
    ask('/cpr/:brokerId/lookup', 'lookup', LookUpBody, {
      operationId: 'lookup',
      summary: 'Look a CPR number up',
      response: { 200: Person, ...ERRORS, 404: PROBLEM_ANSWER, 503: PROBLEM_ANSWER },
    });
    const validation = {
      operationId: 'validate',
      summary: 'Validate a customer’s details',
      response: { 200: Validation, ...ERRORS, 503: PROBLEM_ANSWER },
    };
    ask('/cpr/:brokerId/validate', 'validate', ValidateBody, validation);
    ask('/cpr/:brokerId/validation', 'validate', ValidateBody, { ...validation, hide: true });
  };
}

function described(schema: object) {
  return { tags: ['CPR'], security: [{ apiKey: [] }], ...schema };
}
