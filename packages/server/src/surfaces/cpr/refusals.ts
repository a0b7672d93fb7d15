import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendPlainProblem, sendProblem } from '../../http/problem.ts';
import { retryAfter } from '../../http/retry-after.ts';
import type { BadFields } from './bad-input.ts';

export type Refusal =
  | { readonly kind: 'no-key' }
  | { readonly kind: 'not-allowed' }
  | { readonly kind: 'bad-input'; readonly fields: BadFields }
  | { readonly kind: 'no-simulation'; readonly help: string }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'blocked'; readonly until: number }
  | { readonly kind: 'too-fast'; readonly waitMs: number }
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'status'; readonly status: number };

/** Turns a refusal into the problem that this surface answers. */
export function refuse(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply {
  const problem = (status: number, detail: string, errors?: BadFields): FastifyReply =>
    sendProblem(request, reply, { status, detail, ...(errors !== undefined && { errors }) });
  switch (refusal.kind) {
    case 'no-key':
      return problem(401, 'A valid X-Api-Key is required.');
    case 'not-allowed':
      return problem(403, 'This key may not use the CPR endpoints.');
    case 'bad-input':
      return problem(400, 'One or more fields are missing or wrong.', refusal.fields);
    case 'no-simulation':
      return problem(400, refusal.help);
    case 'not-found':
      return problem(404, 'The CPR number is not in the register. Failed lookups are limited.');
    case 'blocked':
      return problem(
        400,
        `Too many failed lookups. This account is blocked until ${new Date(refusal.until).toISOString()}.`,
      );
    case 'too-fast':
      reply.header('Retry-After', retryAfter(refusal.waitMs));
      return problem(429, 'Too many requests. Retry-After says how many seconds to wait.');
    case 'unavailable':
      return problem(503, 'The register cannot be asked now. Nothing was counted.');
    case 'status':
      return sendPlainProblem(request, reply, refusal.status);
  }
}
