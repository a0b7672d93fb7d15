import { STATUS_CODES } from 'node:http';
import type { FastifyReply } from 'fastify';
import type { Http } from './open-http.ts';

/** Answers with an RFC 9457 problem that says no more than its status. */
function problem(reply: FastifyReply, status: number, instance: string): FastifyReply {
  return reply
    .code(status)
    .type('application/problem+json')
    .send({ type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, instance });
}

/** What is answered outside every surface. */
export function answerProblemsOutsideSurfaces(http: Http): void {
  http.setNotFoundHandler((request, reply) => problem(reply, 404, request.id));
  http.setErrorHandler<{ statusCode?: number }>((error, request, reply) =>
    problem(reply, error.statusCode ?? 500, request.id),
  );
}
