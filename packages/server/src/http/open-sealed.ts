import { type Http, openHttp } from './open-http.ts';
import { sendProblem } from './problem.ts';

const DETAIL = 'The server is sealed: something that it needs is not there.';

/**
 * What listens while keys or ledger are not there: alive, not ready, and nothing else. It knows no surface, because
 * it must not even look as if it could answer.
 */
export function openSealed(missing: { readonly name: string; readonly trouble: string }): Http {
  const http = openHttp();
  http.get('/livez', () => Promise.resolve({ status: 'alive' }));
  http.get('/readyz', (_request, reply) => reply.code(503).send({ status: 'not ready', checks: [missing] }));
  http.setNotFoundHandler((request, reply) => sendProblem(request, reply, { status: 503, detail: DETAIL }));
  http.setErrorHandler((_error, request, reply) =>
    sendProblem(request, reply, { status: 503, detail: DETAIL }),
  );
  return http;
}
