import fastify, { type FastifyInstance } from 'fastify';
import { readJson } from './json-body.ts';
import { requestIdOf } from './request-id.ts';

/** A lookup is a few hundred bytes; 16 KiB leaves room for every field at its longest. */
const BODY_LIMIT_BYTES = 16 * 1024;
/** Vendors' tokens stay below 2 KiB; anything near this limit is not a client of ours. */
const HEADER_LIMIT_BYTES = 16 * 1024;
const HEADER_COUNT_LIMIT = 64;
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 15_000;
const KEEP_ALIVE_MS = 72_000;

/**
 * The HTTP server that surfaces register on. It knows no surface and no domain; `headers` stand on every answer.
 */
export function openHttp(headers: Readonly<Record<string, string>> = {}): Http {
  const http = fastify({
    logger: false,
    bodyLimit: BODY_LIMIT_BYTES,
    exposeHeadRoutes: false,
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    keepAliveTimeout: KEEP_ALIVE_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    genReqId: requestIdOf,
    routerOptions: { ignoreTrailingSlash: false, caseSensitive: true },
    http: {
      maxHeaderSize: HEADER_LIMIT_BYTES,
      headersTimeout: HEADERS_TIMEOUT_MS,
      connectionsCheckingInterval: 5_000,
    },
    ajv: {
      customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false, allErrors: true },
    },
  });
  http.server.maxHeadersCount = HEADER_COUNT_LIMIT;

  http.removeAllContentTypeParsers();
  http.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    const reading = readJson(body as Buffer);
    if (reading.kind === 'json') done(null, reading.value);
    else done(Object.assign(new Error('malformed JSON'), { statusCode: 400 }));
  });
  http.addHook('onRequest', (request, reply, done) => {
    reply.raw.setHeader('X-Request-Id', request.id);
    reply.raw.setHeader('Cache-Control', 'no-store');
    reply.raw.setHeader('X-Content-Type-Options', 'nosniff');
    for (const [name, value] of Object.entries(headers)) reply.raw.setHeader(name, value);
    // The vendors' own samples send JSON without saying so.
    request.raw.headers['content-type'] ??= 'application/json';
    done();
  });
  return http;
}

export type Http = FastifyInstance;
