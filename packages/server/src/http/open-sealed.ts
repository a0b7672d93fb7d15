import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Http, openHttp } from './open-http.ts';
import { sendPlainProblem } from './problem.ts';

/** What is not there, as `/readyz` lists it. */
export interface Missing {
  readonly name: string;
  readonly trouble: string;
}

/** Answers 503 in the shape of whoever a path belongs to. */
export type RefuseSealed = (request: FastifyRequest, reply: FastifyReply) => FastifyReply;

/**
 * What listens while something that the server needs is not there: alive, not ready, and 503 everywhere else, below
 * each of `prefixes` in the shape that is its own.
 */
export function openSealed(missing: () => Missing, prefixes: Readonly<Record<string, RefuseSealed>>): Http {
  const http = openHttp();
  http.get('/livez', () => Promise.resolve({ status: 'alive' }));
  http.get('/readyz', (_request, reply) =>
    reply.code(503).send({ status: 'not ready', checks: [missing()] }),
  );
  refuseAll(http, (request, reply) => sendPlainProblem(request, reply, 503));
  for (const [prefix, refuse] of Object.entries(prefixes)) {
    void http.register(async (scope) => refuseAll(scope, refuse), { prefix });
  }
  return http;
}

function refuseAll(scope: Http, refuse: RefuseSealed): void {
  scope.setNotFoundHandler(refuse);
  // A body that cannot be read here might be readable once the server is open.
  scope.setErrorHandler((_error, request, reply) => refuse(request, reply));
}
