import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { duplicateAt } from '../../contract/faults.ts';
import { onlyAllow } from '../../http/method-not-allowed.ts';
import type { Http } from '../../http/open-http.ts';
import type { Journal } from '../../journal/journal.ts';
import { type AccountParts, accountRoutes } from './account-routes.ts';
import { type BatchParts, batchRoutes } from './batch-routes.ts';
import { type CallerParts, openCallers } from './callers.ts';
import { openIdempotency } from './idempotency.ts';
import { questionRoutes } from './question-routes.ts';
import { openQuestions, type QuestionParts } from './questions.ts';
import { problemOfError, refuse } from './refusals.ts';
import type { Route } from './route.ts';

export type VidimusParts = CallerParts &
  QuestionParts &
  AccountParts &
  BatchParts & { readonly journal: Pick<Journal, 'keptWith'> };

/** Our own API, to be registered below `/vidimus/v1`. The contract is in this folder's README. */
export function vidimusRoutes(parts: VidimusParts): (scope: Http) => Promise<void> {
  const callers = openCallers(parts);
  const idempotency = openIdempotency(parts);
  const questions = openQuestions(parts, idempotency);
  const routes: readonly Route[] = [
    ...questionRoutes(questions, parts.journal),
    ...batchRoutes(parts, idempotency),
    ...accountRoutes(parts),
  ];
  const questionPaths = new Set(routes.filter(({ isQuestion }) => isQuestion).map(({ url }) => url));

  async function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
    const caller = callers.find(request);
    const isQuestion = [...questionPaths].some((path) => request.routeOptions.url?.endsWith(path) === true);
    if (caller !== null && caller.blockedUntil !== null && isQuestion) {
      return questions.answerBlocked(request, reply, caller);
    }
    const refusal = problemOfError(error);
    const { pointer } = error as { pointer?: string };
    return refuse(
      request,
      reply,
      pointer === undefined ? refusal : { ...refusal, errors: [duplicateAt(pointer)] },
    );
  }

  return async (scope) => {
    scope.setErrorHandler<FastifyError>(answerError);
    scope.setNotFoundHandler((request, reply) => refuse(request, reply, { code: 'path-unknown' }));
    for (const url of new Set(routes.map((route) => route.url))) {
      const allowed = routes.filter((route) => route.url === url).map(({ method }) => method);
      onlyAllow(scope, url, allowed, (request, reply) =>
        refuse(request, reply, { code: 'method-not-allowed' }),
      );
    }
    for (const route of routes) {
      if (route.streams === undefined) add(scope, route);
      else await scope.register(async (streaming) => addStreaming(streaming, route));
    }
  };

  function add(scope: Http, { method, url, schema, answer }: Route): void {
    scope.route({
      method,
      url,
      schema,
      onRequest: callers.letIn,
      // The contract is read by what the commands read it with too, which says which member is wrong.
      validatorCompiler: () => () => true,
      handler: (request, reply) => answer(request, reply, callers.of(request)),
    });
  }

  function addStreaming(scope: Http, route: Route): void {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser([...(route.streams ?? [])], (_request, body, done) => done(null, body));
    add(scope, route);
  }
}
