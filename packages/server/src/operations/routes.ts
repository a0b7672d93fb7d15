import { hash, timingSafeEqual } from 'node:crypto';
import type { Handler, Http } from '../http/open-http.ts';
import { PAGE_POLICY } from '../http/page-policy.ts';
import { sendPlainProblem } from '../http/problem.ts';
import type { Health } from './health.ts';
import type { Metrics } from './metrics.ts';
import { type StartPageFacts, startPage } from './start-page.ts';

export interface OperationsParts {
  readonly health: Pick<Health, 'report'>;
  readonly metrics: Metrics;
  /** What a scraper must show; null: nothing. */
  readonly metricsToken: string | null;
  readonly startPage: () => StartPageFacts;
}

/** What operators and their tools ask for; none of it is part of a surface's document. */
export function operationsRoutes(parts: OperationsParts): (scope: Http) => Promise<void> {
  return async (scope) => {
    const get = (url: string, handler: Handler) => {
      scope.route({ method: ['GET', 'HEAD'], url, handler });
    };
    get('/livez', () => Promise.resolve({ status: 'alive' }));
    get('/readyz', async (request, reply) => {
      const report = await parts.health.report();
      const isVerbose = (request.query as Record<string, unknown>)['verbose'] !== undefined;
      const status = report.ready ? 'ready' : 'not ready';
      return reply
        .code(report.ready ? 200 : 503)
        .send(isVerbose || !report.ready ? { status, checks: report.checks } : { status });
    });
    get('/metrics', async (request, reply) => {
      if (!mayScrape(parts.metricsToken, request.headers.authorization)) {
        return sendPlainProblem(request, reply.header('WWW-Authenticate', 'Bearer'), 401);
      }
      return reply.type(parts.metrics.contentType).send(await parts.metrics.render());
    });
    get('/', (_request, reply) =>
      reply
        .type('text/html; charset=utf-8')
        .header('Content-Security-Policy', PAGE_POLICY)
        .send(startPage(parts.startPage())),
    );
  };
}

/** Hashes are compared, so that the time it takes says nothing of the token. */
function mayScrape(token: string | null, authorization = ''): boolean {
  if (token === null) return true;
  const digest = (text: string) => hash('sha256', text, 'buffer');
  return timingSafeEqual(digest(authorization), digest(`Bearer ${token}`));
}
