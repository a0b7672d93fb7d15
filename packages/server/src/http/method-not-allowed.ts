import type { FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import type { Http } from './open-http.ts';

/**
 * Answers every method but `allowed` on a path with 405 and `Allow`; the router by itself would say 404.
 * `answer` writes the body in the surface's own shape.
 */
export function onlyAllow(
  scope: Http,
  path: string,
  allowed: HTTPMethods,
  answer: (request: FastifyRequest, reply: FastifyReply) => FastifyReply,
): void {
  scope.route({
    method: scope.supportedMethods.filter((method) => method !== allowed),
    url: path,
    schema: { hide: true },
    onRequest: async (request, reply) => answer(request, reply.code(405).header('Allow', allowed)),
    handler: () => undefined,
  });
}
