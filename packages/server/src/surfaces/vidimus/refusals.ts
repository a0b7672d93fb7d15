import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { problemOf, type Refusal } from '../../contract/problem.ts';
import type { ProblemCode } from '../../contract/problem-codes.ts';
import { isFailure } from '../../failure.ts';

/** Answers with a problem (RFC 9457). Nothing of the request but its id is repeated. */
export function refuse(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply {
  // A request id may hold letters that no URI reference has.
  const problem = problemOf(refusal, encodeURIComponent(request.id));
  if (problem.retryAfter !== undefined) reply.header('Retry-After', problem.retryAfter);
  if (problem.status === 401) reply.header('WWW-Authenticate', challenge(problem.code));
  return reply.code(problem.status).type('application/problem+json; charset=utf-8').send(problem);
}

/** RFC 6750 section 3: an error is named only where a token was sent. */
function challenge(code: ProblemCode): string {
  return code === 'credentials-invalid' ? 'Bearer error="invalid_token"' : 'Bearer';
}

const BY_STATUS: Readonly<Record<number, ProblemCode>> = {
  400: 'request-unreadable',
  404: 'path-unknown',
  405: 'method-not-allowed',
  413: 'body-too-large',
  415: 'media-type-unsupported',
  // Credentials, budget or ledger cannot be asked: nothing is answered that could not be written down.
  503: 'ledger-unwritable',
};

/** What was thrown on the way, in the words of this surface. What is damaged does not mend by being asked again. */
export function problemOfError(error: FastifyError): Refusal {
  const status = isFailure(error, 'sealed-damaged') ? 500 : (error.statusCode ?? 500);
  return { code: BY_STATUS[status] ?? 'internal-error' };
}
