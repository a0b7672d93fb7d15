import swagger, { type SwaggerOptions } from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyError } from 'fastify';
import { DOCUMENTED_STYLE } from './documented-style.ts';
import type { Http } from './open-http.ts';

/** What a surface says of itself in its OpenAPI document. */
export type SurfaceDocument = NonNullable<Extract<SwaggerOptions, { openapi?: unknown }>['openapi']>;

/**
 * Gives a scope its own OpenAPI 3.1 document, made from the schemas of the routes registered after this call,
 * and a page to try it, both below `path` and without a byte from elsewhere.
 */
export async function documented(scope: Http, document: SurfaceDocument, path: string): Promise<void> {
  const info = { license: { name: 'Apache-2.0', identifier: 'Apache-2.0' }, ...document.info };
  await scope.register(swagger, {
    openapi: { openapi: '3.1.0', servers: [{ url: '/' }], ...document, info } as SurfaceDocument,
  });
  await scope.register(async (pages) => {
    // A path that the page's files refuse to look at is one of the many where there is nothing.
    pages.setErrorHandler<FastifyError>((error, _request, reply) => {
      if ((error.statusCode ?? 500) >= 500) throw error;
      reply.callNotFound();
    });
    await pages.register(swaggerUi, {
      routePrefix: path,
      // Without the bar on top, which loads documents of other places.
      uiConfig: { layout: 'BaseLayout' },
      theme: {
        title: `${document.info?.title}`,
        css: [{ filename: 'corrections.css', content: DOCUMENTED_STYLE }],
      },
    });
  });
  scope.get('/openapi.json', { schema: { hide: true } }, () => scope.swagger());
  // The page finds its document by its own address, and only from the folder.
  scope.get(`${path}/index.html`, { schema: { hide: true } }, (_request, reply) => reply.redirect('./'));
}
