import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Caller } from '../../accounts/account.ts';
import type { Soon } from '../../accounts/directory.ts';
import { mayUse } from '../../accounts/settings.ts';
import { foldKeys } from '../../http/fold-keys.ts';
import { type FormReading, readForm, readMultipart } from '../../http/form-body.ts';
import { onlyAllow } from '../../http/method-not-allowed.ts';
import type { Http } from '../../http/open-http.ts';
import { retryAfter } from '../../http/retry-after.ts';
import type { VerifySsnOutcome, VerifySsnRequest } from '../../verification/verify-ssn.ts';
import { type Entered, type EntranceParts, enter } from '../entrance.ts';
import { CREDENTIALS_ERROR, fieldError, gatewayError, RATE_LIMIT_ERROR, successOf } from './answer.ts';
import { readInput } from './input.ts';
import { FieldError, GatewayError, LimitError, Success, VerifyBody } from './schema.ts';

export interface SsnVerificationParts extends EntranceParts {
  readonly clock: () => number;
  readonly callerOf: (appId: string, appKey: string) => Soon<Caller | null>;
  readonly verifySsn: (request: VerifySsnRequest) => Promise<VerifySsnOutcome>;
}

const PATH = '/ssnVerification';
const SURFACE = 'ssn-verification';
/** Printable ASCII of a sane length: what may be echoed as a header. */
const TRANSACTION_ID = /^[\x21-\x7e]{1,128}$/;

/** SSN verification of HyperVerge, to be registered below `/v1`. The contract is in this folder's README. */
export function ssnVerificationRoutes(parts: SsnVerificationParts): (scope: Http) => Promise<void> {
  const entered = new WeakMap<FastifyRequest, Entered & { readonly caller: Caller }>();

  function fail(reply: FastifyReply, status: number): FastifyReply {
    return reply.code(status).send(gatewayError(status));
  }

  function tooMany(reply: FastifyReply, waitMs: number): FastifyReply {
    return reply.code(429).header('Retry-After', retryAfter(waitMs)).send(RATE_LIMIT_ERROR);
  }

  async function echoTransaction(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { transactionid } = request.headers;
    if (typeof transactionid === 'string' && TRANSACTION_ID.test(transactionid)) {
      reply.header('transactionId', transactionid);
    }
  }

  async function authenticate(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const { appid, appkey } = request.headers;
    const caller =
      typeof appid === 'string' && typeof appkey === 'string' ? await parts.callerOf(appid, appkey) : null;
    if (caller === null) return reply.code(401).send(CREDENTIALS_ERROR);
    const { account, credential } = caller;
    if (!mayUse(account.settings, SURFACE)) return fail(reply, 403);
    const asker = { account: account.id, credential, surface: SURFACE, rate: account.settings.limits.rate };
    const entrance = await enter(parts, asker, 'ssn', request);
    switch (entrance.kind) {
      case 'too-fast':
        return tooMany(reply, entrance.waitMs);
      case 'no-simulation':
        return reply.code(400).send(fieldError(entrance.help));
      case 'entered':
        entered.set(request, { ...entrance, caller });
        return;
    }
  }

  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const input = readInput(foldKeys(VerifyBody, request.body));
    if (input.kind === 'bad-field') return reply.code(400).send(fieldError(input.error));
    if (input.kind === 'invalid-format') return reply.send(successOf('invalid-format'));
    const { asker, caller, simulate } = entered.get(request) as Entered & { readonly caller: Caller };
    const transaction = request.headers['transactionid'];
    const outcome = await parts.verifySsn({
      asker,
      ssn: input.ssn,
      first: input.first,
      last: input.last,
      purpose: { reference: typeof transaction === 'string' ? transaction : null, context: null },
      deceasedNeedsName: caller.account.settings.deceasedNeedsName,
      simulate,
    });
    switch (outcome.kind) {
      case 'graded':
        return reply.send(successOf(outcome.match));
      case 'too-many-names':
        return tooMany(reply, outcome.until - parts.clock());
      case 'blocked':
      case 'unavailable':
      case 'unrecorded':
        return fail(reply, 503);
    }
  }

  return async (scope) => {
    takeForms(scope);
    scope.addHook('onRequest', echoTransaction);
    scope.setErrorHandler<FastifyError>((error, _request, reply) => fail(reply, error.statusCode ?? 500));
    scope.setNotFoundHandler((_request, reply) => fail(reply, 404));
    onlyAllow(scope, PATH, ['POST'], (_request, reply) => fail(reply, 405));
    scope.route({
      method: 'POST',
      url: PATH,
      schema: {
        operationId: 'ssnVerification',
        consumes: ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'],
        summary: 'Verify a name against an SSN',
        description: 'JSON, or a form with the same fields. Keys are matched without regard to case.',
        tags: ['SSN'],
        security: [{ appId: [], appKey: [] }],
        body: VerifyBody,
        response: {
          200: Success,
          400: Type.Union([FieldError, GatewayError]),
          401: GatewayError,
          403: GatewayError,
          413: GatewayError,
          415: GatewayError,
          429: LimitError,
          500: GatewayError,
          503: GatewayError,
        },
      },
      onRequest: authenticate,
      validatorCompiler: () => () => true,
      handler: answer,
    });
  };
}

function takeForms(scope: Http): void {
  const settle = (reading: FormReading): unknown => {
    if (reading.kind === 'form') return reading.parameters;
    throw Object.assign(new Error('malformed form'), { statusCode: 400 });
  };
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer' },
    async (_request: FastifyRequest, body: Buffer) => settle(readForm(body)),
  );
  scope.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer<ArrayBuffer>) =>
      settle(await readMultipart(body, request.headers['content-type'] ?? '')),
  );
}
