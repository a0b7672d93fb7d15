import { METHODS } from 'node:http';
import fastify, { type FastifyInstance, type RouteHandlerMethod } from 'fastify';
import { readJson } from '../json/read-json.ts';
import { isAmbiguous } from './ambiguous-request.ts';
import { refuseBroken } from './broken-requests.ts';
import { readablePath } from './readable-path.ts';
import { requestIdOf } from './request-id.ts';
import { takeTurns } from './turns.ts';
import { requestsUnderWay } from './under-way.ts';

/** A lookup is a few hundred bytes; 16 KiB leaves room for every field at its longest. */
const BODY_LIMIT_BYTES = 16 * 1024;
/** Vendors' tokens stay below 2 KiB; anything near this limit is not a client of ours. */
const HEADER_LIMIT_BYTES = 16 * 1024;
const HEADER_COUNT_LIMIT = 64;
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 15_000;
const KEEP_ALIVE_MS = 72_000;
/** What Node says by itself where nobody has said anything else. */
const KEEP_ALIVE = { connection: 'keep-alive', 'keep-alive': `timeout=${KEEP_ALIVE_MS / 1000}` };

/**
 * The HTTP server that surfaces register on. It knows no surface and no domain; `headers` stand on every answer.
 */
export function openHttp(headers: Readonly<Record<string, string>> = {}): Http {
  const always = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff', ...headers };
  const onEveryAnswer = Object.entries(always);
  const http = fastify({
    logger: false,
    bodyLimit: BODY_LIMIT_BYTES,
    exposeHeadRoutes: false,
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    keepAliveTimeout: KEEP_ALIVE_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    genReqId: requestIdOf,
    rewriteUrl: ({ url = '/' }) => readablePath(url),
    // A parameter of any length is the route's to judge; the headers' limit holds for the path too.
    routerOptions: { ignoreTrailingSlash: false, caseSensitive: true, maxParamLength: HEADER_LIMIT_BYTES },
    clientErrorHandler: (error, socket) => broken(error, socket),
    http: {
      maxHeaderSize: HEADER_LIMIT_BYTES,
      headersTimeout: HEADERS_TIMEOUT_MS,
      connectionsCheckingInterval: 1_000,
      // It is asked for where its other faults are.
      requireHostHeader: false,
    },
    ajv: {
      customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false, allErrors: true },
    },
  });
  takeTurns(http.server);
  const broken = refuseBroken(requestsUnderWay(http.server), always);
  http.server.maxHeadersCount = HEADER_COUNT_LIMIT;
  // Nothing is expected of this server but what it does anyway; it may ignore such a wish (RFC 9110 section 10.1.1).
  http.server.on('checkExpectation', (request, answer) => http.server.emit('request', request, answer));
  // Routes say themselves which methods they have; CONNECT is the one that never reaches them.
  for (const method of METHODS) {
    if (method !== 'CONNECT' && !http.supportedMethods.includes(method)) http.addHttpMethod(method);
  }

  http.removeAllContentTypeParsers();
  http.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    const reading = readJson(body as Buffer);
    if (reading.kind === 'json') done(null, reading.value);
    else done(Object.assign(new Error('malformed JSON'), { statusCode: 400, pointer: reading.pointer }));
  });
  http.addHook('onRequest', (request, reply, done) => {
    reply.raw.setHeader('X-Request-Id', request.id);
    for (const [name, value] of onEveryAnswer) reply.raw.setHeader(name, value);
    // The vendors' own samples send JSON without saying so.
    request.raw.headers['content-type'] ??= 'application/json';
    const isUnclear = isAmbiguous(request.raw);
    // Behind a wish for another protocol may stand that protocol, which Node would read past.
    const wantsOther = /\bupgrade\b/i.test(request.headers.connection ?? '');
    if (isUnclear || wantsOther) reply.raw.shouldKeepAlive = false;
    done(isUnclear ? Object.assign(new Error('ambiguous request'), { statusCode: 400 }) : undefined);
  });
  http.addHook('onSend', (_request, reply, _payload, done) => {
    // Fastify would close the connection after every body it cannot read. Node reads past such a body, for as long
    // as a request may last, and a client that still sends is not cut off from its answer.
    if (reply.getHeader('connection') === 'close' && reply.raw.shouldKeepAlive) reply.headers(KEEP_ALIVE);
    done();
  });
  return http;
}

export type Http = FastifyInstance;
export type Handler = RouteHandlerMethod;
