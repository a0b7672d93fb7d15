import { openDirectory } from './accounts/directory.ts';
import type { Config } from './config/load.ts';
import { documentationRoutes } from './documentation/routes.ts';
import { draining } from './http/draining.ts';
import { mount } from './http/mount.ts';
import { openHttp } from './http/open-http.ts';
import { answerProblemsOutsideSurfaces } from './http/problem.ts';
import type { RegisterName } from './journal/entry.ts';
import { type House, openHouse, registerOf } from './open-house.ts';
import { openUploads } from './open-uploads.ts';
import { watchHealth } from './operations/health.ts';
import type { Log } from './operations/log.ts';
import { measured } from './operations/measured.ts';
import { openMetrics } from './operations/metrics.ts';
import { observe } from './operations/observe.ts';
import { readinessChecks } from './operations/readiness.ts';
import { operationsRoutes } from './operations/routes.ts';
import { fillSandbox } from './sandbox/fill-sandbox.ts';
import { SANDBOX_HOLDERS } from './sandbox/holders.ts';
import { SANDBOX_PERSONS } from './sandbox/persons.ts';
import type { DataFolder } from './storage/data-folder.ts';
import { CPR_DOCUMENT } from './surfaces/cpr/document.ts';
import { cprRoutes } from './surfaces/cpr/routes.ts';
import { oauthRoutes } from './surfaces/oauth/oauth-routes.ts';
import { SSN_DETAILS_DOCUMENT } from './surfaces/ssn-details/document.ts';
import { ssnDetailsRoutes } from './surfaces/ssn-details/routes.ts';
import { SSN_VERIFICATION_DOCUMENT } from './surfaces/ssn-verification/document.ts';
import { ssnVerificationRoutes } from './surfaces/ssn-verification/routes.ts';
import { VIDIMUS_DOCUMENT } from './surfaces/vidimus/document.ts';
import { vidimusRoutes } from './surfaces/vidimus/routes.ts';
import { openTokens } from './tokens/open-tokens.ts';
import { danishDay } from './verification/danish-day.ts';
import { VERSION } from './version.ts';
import type { AsWorker } from './workers/as-worker.ts';

interface ServerState {
  /** How clients reach it; known only after listening, when the port was left to the system. */
  readonly url: string;
  readonly isClosing: boolean;
}

/** Puts the parts together on one data folder; what comes out only needs to listen. */
export async function assemble(
  folder: DataFolder,
  config: Config,
  state: ServerState,
  clock: () => number,
  log: Log,
  worker: AsWorker | null = null,
) {
  if (folder.mode === 'sandbox') await fillSandbox(folder, clock);
  const house = await openHouse(folder, config, clock);
  return openSurfaces(house, config, state, clock, log, worker);
}

async function openSurfaces(
  house: House,
  config: Config,
  state: ServerState,
  clock: () => number,
  log: Log,
  worker: AsWorker | null,
) {
  const { folder, admit, journal } = house;
  const { control, keyring, mode } = folder;
  const statistics = async (register: RegisterName) => (await registerOf(folder, register)).statistics();
  const { clockStep, signing } = journal;
  const { backlog } = house.batches;
  const metrics = openMetrics({ statistics, clock, clockStep, signing, backlog, worker });
  const directory = await openDirectory(control, keyring, clock);
  const tokens = openTokens({ control, keyring, directory, issuer: () => `${state.url}/op`, clock });
  const common = {
    sandbox: mode === 'sandbox',
    // Blocks are told by the time that ends them.
    clock: journal.now,
    today: () => danishDay(clock()),
    admit,
    refuseBlocked: measured(metrics, house.refuseBlocked),
  };
  const lookUp = measured(metrics, house.lookUp);
  const validate = measured(metrics, house.validate);
  const verifySsn = measured(metrics, house.verifySsn);

  const http = openHttp(mode === 'sandbox' ? { 'X-Vidimus-Sandbox': 'true' } : {});
  answerProblemsOutsideSurfaces(http);
  observe(http, metrics, log);
  const drain = draining(http);
  const checkpoints = house.keepSigned(config.checkpointEvery, (code) =>
    code === null ? log.info('checkpoints signed again') : log.error('checkpoint not signed', { code }),
  );
  const uploads = openUploads(house, config, clock, metrics, log);
  const health = watchHealth(
    readinessChecks({ ...house, checkpoints, isClosing: () => state.isClosing }),
    log,
  );
  await http.register(
    operationsRoutes({ ...config, health, metrics, startPage: () => startPageFacts(mode) }),
  );
  const surfaces = [
    await mount(http, '/op', SSN_DETAILS_DOCUMENT, [
      oauthRoutes({ tokens }),
      ssnDetailsRoutes({ ...common, tokens, lookUp }),
    ]),
    await mount(http, '/api', CPR_DOCUMENT, [
      cprRoutes({ ...common, callerOf: (key) => directory.byApiKey(key), lookUp, validate, ledger: journal }),
    ]),
    await mount(http, '/v1', SSN_VERIFICATION_DOCUMENT, [
      ssnVerificationRoutes({ ...common, callerOf: (id, key) => directory.byApp(id, key), verifySsn }),
    ]),
    await mount(http, '/vidimus/v1', VIDIMUS_DOCUMENT, [
      vidimusRoutes({
        ...house,
        ...common,
        ...uploads,
        tokens,
        byApiKey: (key) => directory.byApiKey(key),
        registerFacts: statistics,
        lookUp,
        lookUpSsn: measured(metrics, house.lookUpSsn),
        validate,
        verifySsn,
      }),
    ]),
  ];
  await http.register(documentationRoutes({ version: VERSION, surfaces }));
  async function end(): Promise<void> {
    health.close();
    await uploads.close();
    await checkpoints.close();
    await house.close();
  }
  return { http, drain, end };
}

function startPageFacts(mode: 'live' | 'sandbox') {
  return {
    version: VERSION,
    mode,
    surfaces: [
      { name: 'Our own API', documentation: '/vidimus/v1/swagger/index.html' },
      { name: 'SSN Details (Nets eID Broker)', documentation: '/op/swagger/index.html' },
      { name: 'CPR lookup and validation (Fortuna Compliance)', documentation: '/api/swagger/index.html' },
      { name: 'SSN verification (HyperVerge)', documentation: '/v1/swagger/index.html' },
    ],
    persons: mode === 'sandbox' ? SANDBOX_PERSONS : [],
    holders: mode === 'sandbox' ? SANDBOX_HOLDERS : [],
  };
}
