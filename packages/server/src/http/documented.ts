import swagger, { type SwaggerOptions } from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { Http } from './open-http.ts';

/** What a surface says of itself in its OpenAPI document. */
export type SurfaceDocument = NonNullable<Extract<SwaggerOptions, { openapi?: unknown }>['openapi']>;

/**
 * Gives a scope its own OpenAPI 3.1 document, made from the schemas of the routes registered after this call,
 * and a page to try it, both below `path` and without a byte from elsewhere.
 */
export async function documented(scope: Http, document: SurfaceDocument, path: string): Promise<void> {
  await scope.register(swagger, { openapi: { openapi: '3.1.0', ...document } });
  await scope.register(swaggerUi, { routePrefix: path });
  scope.get(`${path}/index.html`, { schema: { hide: true } }, (_request, reply) => reply.redirect('./'));
}
