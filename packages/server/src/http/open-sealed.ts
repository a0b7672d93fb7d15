import { type Http, openHttp } from './open-http.ts';
import { sendProblem } from './problem.ts';

/**
 * What listens while the data keys cannot be opened: alive, not ready, and nothing else. It knows no surface,
 * because it must not even look as if it could answer.
 */
export function openSealed(reason: () => string): Http {
  const http = openHttp();
  http.get('/livez', () => Promise.resolve({ status: 'alive' }));
  http.get('/readyz', (_request, reply) =>
    reply.code(503).send({ status: 'not ready', checks: [{ name: 'keys', trouble: reason() }] }),
  );
  http.setNotFoundHandler((request, reply) =>
    sendProblem(request, reply, { status: 503, detail: 'The server is sealed: its keys are not there.' }),
  );
  http.setErrorHandler((_error, request, reply) =>
    sendProblem(request, reply, { status: 503, detail: 'The server is sealed: its keys are not there.' }),
  );
  return http;
}
