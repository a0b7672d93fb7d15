import type { FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import type { Http } from './open-http.ts';

/**
 * Answers every method but those `allowed` on a path with 405 and `Allow`; the router by itself would say 404.
 * `answer` writes the body in the surface's own shape.
 */
export function onlyAllow(
  scope: Http,
  path: string,
  allowed: readonly HTTPMethods[],
  answer: (request: FastifyRequest, reply: FastifyReply) => FastifyReply,
): void {
  scope.route({
    method: scope.supportedMethods.filter((method) => !allowed.includes(method)),
    url: path,
    schema: { hide: true },
    onRequest: async (request, reply) => answer(request, reply.code(405).header('Allow', allowed.join(', '))),
    handler: () => undefined,
  });
}
