import type { AddressInfo } from 'node:net';
import { openDirectory } from './accounts/directory.ts';
import type { Config } from './config/load.ts';
import { Failure } from './failure.ts';
import { documented } from './http/documented.ts';
import { draining } from './http/draining.ts';
import { type Http, openHttp } from './http/open-http.ts';
import { answerProblemsOutsideSurfaces } from './http/problem.ts';
import { type House, openFolder, openHouse, registerFolder } from './open-house.ts';
import type { Log } from './operations/log.ts';
import { type Metrics, openMetrics } from './operations/metrics.ts';
import { readinessChecks } from './operations/readiness.ts';
import { operationsRoutes } from './operations/routes.ts';
import { registerStatistics } from './register/sqlite/statistics.ts';
import { fillSandbox } from './sandbox/fill-sandbox.ts';
import { SANDBOX_PERSONS } from './sandbox/persons.ts';
import { oauthRoutes } from './surfaces/oauth/oauth-routes.ts';
import { SSN_DETAILS_DOCUMENT } from './surfaces/ssn-details/document.ts';
import { ssnDetailsRoutes } from './surfaces/ssn-details/routes.ts';
import { openTokens } from './tokens/open-tokens.ts';
import { danishDay } from './verification/danish-day.ts';
import { VERSION } from './version.ts';

export interface RunningServer {
  /** How clients reach it, without a slash at the end. */
  readonly url: string;
  readonly mode: 'live' | 'sandbox';
  /** Turns readiness red, finishes what was accepted, and closes everything. */
  close(): Promise<void>;
}

/** Puts the parts together on one data folder and listens. */
export async function startServer(config: Config, clock: () => number, log: Log): Promise<RunningServer> {
  const folder = openFolder(config, clock);
  if (folder.mode === 'sandbox') await fillSandbox(folder, clock);
  const house = openHouse(folder, clock);
  const state = { url: config.publicUrl ?? '', isClosing: false };
  const { http, drain } = await openSurfaces(house, state, clock, log);

  async function close(): Promise<void> {
    state.isClosing = true;
    drain.begin();
    await http.close();
    await house.close();
  }

  try {
    await http.listen({ host: config.host, port: config.port });
  } catch (error) {
    await close();
    throw new Failure('port-unavailable', `${config.host}:${config.port}`, error);
  }
  const { address, port } = http.server.address() as AddressInfo;
  state.url = config.publicUrl ?? `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
  return { url: state.url, mode: folder.mode, close };
}

interface ServerState {
  /** Known only after listening, when the port was left to the system. */
  url: string;
  isClosing: boolean;
}

async function openSurfaces(house: House, state: ServerState, clock: () => number, log: Log) {
  const { mode } = house.folder;
  const register = () => registerStatistics(registerFolder(house.folder, 'cpr'));
  const metrics = openMetrics({ register, clock });
  const http = openHttp(mode === 'sandbox' ? { 'X-Vidimus-Sandbox': 'true' } : {});
  answerProblemsOutsideSurfaces(http);
  observe(http, metrics, log);
  const drain = draining(http);
  const health = readinessChecks({ ...house, isClosing: () => state.isClosing });
  await http.register(operationsRoutes({ health, metrics, startPage: () => startPageFacts(mode) }));
  await http.register(
    brokerSurface(house, metrics, clock, () => state.url),
    { prefix: '/op' },
  );
  return { http, drain };
}

/** SSN Details with its token endpoint: everything below `/op`. */
function brokerSurface(
  house: House,
  metrics: Metrics,
  clock: () => number,
  url: () => string,
): (scope: Http) => Promise<void> {
  const { control, keyring, mode } = house.folder;
  const directory = openDirectory(control, keyring, clock);
  const tokens = openTokens({ control, keyring, directory, issuer: () => `${url()}/op`, clock });
  return async (scope) => {
    await documented(scope, SSN_DETAILS_DOCUMENT, '/swagger');
    await scope.register(oauthRoutes({ tokens }));
    await scope.register(
      ssnDetailsRoutes({
        sandbox: mode === 'sandbox',
        clock,
        today: () => danishDay(clock()),
        tokens,
        admit: house.admit,
        lookUp: async (request) => {
          const begun = performance.now();
          const outcome = await house.lookUp(request);
          metrics.lookup(request.asker.surface, outcome.kind, (performance.now() - begun) / 1000);
          return outcome;
        },
      }),
    );
  };
}

function startPageFacts(mode: 'live' | 'sandbox') {
  return {
    version: VERSION,
    mode,
    surfaces: [{ name: 'SSN Details (Nets eID Broker)', documentation: '/op/swagger/index.html' }],
    persons: mode === 'sandbox' ? SANDBOX_PERSONS : [],
  };
}

function observe(http: Http, metrics: Metrics, log: Log): void {
  http.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    metrics.request(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
    log.debug('request', { id: request.id, method: request.method, route, status: reply.statusCode });
  });
  http.addHook('onError', async (request, _reply, error) => {
    if ((error.statusCode ?? 500) >= 500)
      log.error('request failed', { id: request.id, code: error.code ?? error.name });
  });
}
