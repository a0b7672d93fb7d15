import type { Http } from '../http/open-http.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

/** Counts and times every request, and logs those that broke. */
export function observe(http: Http, metrics: Metrics, log: Log): void {
  http.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    metrics.request(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
    log.debug('request', { id: request.id, method: request.method, route, status: reply.statusCode });
    done();
  });
  http.addHook('onError', async (request, _reply, error) => {
    if ((error.statusCode ?? 500) < 500) return;
    log.error('request failed', { id: request.id, code: error.code ?? error.name });
  });
}
