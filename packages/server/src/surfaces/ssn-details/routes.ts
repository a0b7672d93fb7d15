import { type Cpr, parseCpr } from '@vidimus/numbers';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../../accounts/account.ts';
import { foldKeys } from '../../http/fold-keys.ts';
import { onlyAllow } from '../../http/method-not-allowed.ts';
import type { Http } from '../../http/open-http.ts';
import { retryAfter } from '../../http/retry-after.ts';
import type { AccessTokens } from '../../tokens/access-token.ts';
import type { LookUpOutcome } from '../../verification/look-up.ts';
import type { RefuseBlocked } from '../../verification/refuse-blocked.ts';
import type { Asker, CprRequest } from '../../verification/request.ts';
import { type Entered, type EntranceParts, enter } from '../entrance.ts';
import { detailsOf, UNABLE_TO_LOOKUP } from './answer.ts';
import { answerRefusal, type Refusal } from './refusals.ts';
import { Details, Empty, ErrorMessage, LookUpBody } from './schema.ts';

export interface SsnDetailsParts extends EntranceParts {
  readonly clock: () => number;
  /** The day in Denmark, `YYYY-MM-DD`: nobody is born after it. */
  readonly today: () => string;
  readonly tokens: Pick<AccessTokens, 'verify'>;
  readonly lookUp: (request: CprRequest) => Promise<LookUpOutcome>;
  readonly refuseBlocked: RefuseBlocked;
}

const PATH = '/api/v1/ssn-details';
const SURFACE = 'ssn-details';
const SCOPE = 'neb_api';

/** The SSN Details API of Nets eID Broker, to be registered below `/op`. The contract is in this folder's README. */
export function ssnDetailsRoutes(parts: SsnDetailsParts): (scope: Http) => Promise<void> {
  const entered = new WeakMap<FastifyRequest, Entered>();

  function refuse(reply: FastifyReply, refusal: Refusal, waitMs?: number): FastifyReply {
    const { status, body } = answerRefusal(refusal);
    if (waitMs !== undefined) reply.header('Retry-After', retryAfter(waitMs));
    return reply.code(status).send(body);
  }

  function refuseBlocked(reply: FastifyReply, until: number): FastifyReply {
    return refuse(reply, { kind: 'blocked', until }, until - parts.clock());
  }

  async function authenticate(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const token = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) return reply.code(401).header('WWW-Authenticate', 'Bearer').send();
    const check = await parts.tokens.verify(token);
    if (check.kind === 'invalid') {
      return reply.code(401).header('WWW-Authenticate', 'Bearer error="invalid_token"').send();
    }
    if (!check.scopes.includes(SCOPE)) return reply.code(403).send();
    const entrance = await enter(parts, askerOf(check.caller), 'cpr', request);
    switch (entrance.kind) {
      case 'too-fast':
        return refuse(reply, { kind: 'too-fast' }, entrance.waitMs);
      case 'no-simulation':
        return refuse(reply, entrance);
      case 'entered':
        entered.set(request, entrance);
        return;
    }
  }

  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { asker, blockedUntil, simulate } = entered.get(request) as Entered;
    const cpr = numberIn(request.body, parts.today());
    if (cpr === null) {
      return blockedUntil === null
        ? refuse(reply, { kind: 'invalid-cpr' })
        : refuseBlocked(reply, blockedUntil);
    }
    const purpose = { reference: null, context: null };
    const outcome =
      blockedUntil === null
        ? await parts.lookUp({ asker, cpr, purpose, simulate })
        : await parts.refuseBlocked({ asker, cpr, purpose }, 'lookup', blockedUntil);
    switch (outcome.kind) {
      case 'found':
        return reply.send(detailsOf(outcome.person));
      case 'unavailable':
        return reply.send(UNABLE_TO_LOOKUP);
      case 'unknown':
        return refuse(reply, { kind: 'unknown-number' });
      case 'blocked':
        return refuseBlocked(reply, outcome.until);
      case 'unrecorded':
        return refuse(reply, { kind: 'status', status: 503 });
    }
  }

  function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const blockedUntil = entered.get(request)?.blockedUntil ?? null;
    if (blockedUntil !== null) return refuseBlocked(reply, blockedUntil);
    if (error.validation !== undefined) {
      const isMissing = error.validation.some(({ keyword }) => keyword === 'required');
      return refuse(reply, { kind: isMissing ? 'missing-cpr' : 'invalid-cpr' });
    }
    return refuse(reply, { kind: 'status', status: error.statusCode ?? 500 });
  }

  return async (scope) => {
    scope.setErrorHandler<FastifyError>(answerError);
    scope.setNotFoundHandler((_request, reply) => refuse(reply, { kind: 'status', status: 404 }));
    onlyAllow(scope, PATH, ['POST'], (_request, reply) => refuse(reply, { kind: 'status', status: 405 }));
    scope.route({
      method: 'POST',
      url: PATH,
      schema: {
        operationId: 'ssnDetails',
        summary: 'Look a CPR number up',
        description: 'Needs a service token with the scope `neb_api` from `/op/connect/token`.',
        tags: ['SSN Details'],
        security: [{ serviceToken: [] }],
        body: LookUpBody,
        response: {
          200: Details,
          400: ErrorMessage,
          401: Empty,
          403: Empty,
          413: ErrorMessage,
          415: ErrorMessage,
          429: ErrorMessage,
          500: ErrorMessage,
          503: ErrorMessage,
        },
      },
      onRequest: authenticate,
      preValidation: async (request) => {
        request.body = withoutBlank(foldKeys(LookUpBody, request.body));
      },
      handler: answer,
    });
  };
}

function askerOf({ account, credential }: Caller): Asker {
  return { account: account.id, credential, surface: SURFACE, rate: account.settings.limits.rate };
}

/** Blank is the same to the vendor as no `Cpr` at all. */
function withoutBlank(body: Record<string, unknown>): Record<string, unknown> {
  const { Cpr } = body;
  return typeof Cpr === 'string' && Cpr.trim() === '' ? {} : body;
}

/** The number of a body that fits the schema; null when it is no date, or one to come. */
function numberIn(body: unknown, today: string): Cpr | null {
  const reading = parseCpr((body as LookUpBody).Cpr, { separator: 'hyphen' });
  return reading.kind === 'cpr' && !reading.cpr.isBornAfter(today) ? reading.cpr : null;
}
