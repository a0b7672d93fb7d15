import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import type { Http } from './open-http.ts';

/** An RFC 9457 problem; `errors` names the fields of a bad request, `traceId` is the request's id. */
const Problem = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    traceId: Type.String(),
    errors: Type.Optional(Type.Record(Type.String(), Type.Array(Type.String()))),
  },
  { description: 'RFC 9457 problem details.' },
);

/** A problem as a route's schema names it: the media type is part of what is promised. */
export const PROBLEM_ANSWER = {
  description: 'RFC 9457 problem details.',
  content: { 'application/problem+json': { schema: Problem } },
};

export interface ProblemFacts {
  readonly status: number;
  readonly detail: string;
  readonly errors?: Readonly<Record<string, readonly string[]>>;
}

/** Where RFC 9110 says what a status means; problems of ours have no pages of their own here. */
const SECTIONS: Readonly<Record<number, string>> = {
  400: '15.5.1',
  401: '15.5.2',
  403: '15.5.4',
  404: '15.5.5',
  405: '15.5.6',
  408: '15.5.9',
  413: '15.5.14',
  415: '15.5.16',
  500: '15.6.1',
  503: '15.6.4',
};

function problemOf({ status, detail, errors }: ProblemFacts, traceId: string): Static<typeof Problem> {
  const section = SECTIONS[status];
  return {
    type: section === undefined ? 'about:blank' : `https://tools.ietf.org/html/rfc9110#section-${section}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    traceId,
    ...(errors !== undefined && { errors: errors as Record<string, string[]> }),
  };
}

/** Answers with a problem. Nothing of the request but its id is repeated. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, facts: ProblemFacts): FastifyReply {
  return reply
    .code(facts.status)
    .type('application/problem+json; charset=utf-8')
    .send(problemOf(facts, request.id));
}

const DETAILS: Readonly<Record<number, string>> = {
  400: 'The request cannot be read.',
  401: 'This needs credentials; see WWW-Authenticate.',
  404: 'There is nothing at this path.',
  405: 'This path has other methods; see Allow.',
  408: 'The request came too slowly.',
  413: 'The body is larger than 16 KiB.',
  415: 'The body must be application/json.',
  431: 'The headers are larger than 16 KiB, or more than 64.',
  503: 'The request could not be carried out now.',
};

function plainFacts(status: number): ProblemFacts {
  return { status, detail: DETAILS[status] ?? 'Something broke here.' };
}

/** A problem that says no more than its status. */
export function plainProblem(status: number, traceId: string): Static<typeof Problem> {
  return problemOf(plainFacts(status), traceId);
}

/** Answers with a problem that says no more than its status. */
export function sendPlainProblem(request: FastifyRequest, reply: FastifyReply, status: number): FastifyReply {
  return sendProblem(request, reply, plainFacts(status));
}

/** What is answered outside every surface. */
export function answerProblemsOutsideSurfaces(http: Http): void {
  http.setNotFoundHandler((request, reply) => sendPlainProblem(request, reply, 404));
  http.setErrorHandler<FastifyError>((error, request, reply) =>
    sendPlainProblem(request, reply, error.statusCode ?? 500),
  );
}
