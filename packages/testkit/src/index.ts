export { HAS_BROWSER, openBrowser } from './browser.ts';
export { HAS_OPENSSL, newAuthority, pem } from './certificates.ts';
export { type CommandRun, vidimus } from './command.ts';
export { CPR_DATA } from './data.ts';
export { demoTexts } from './demo-persons.ts';
export { type DocumentedBlock, documentedBlocks, printsAsShown, shellScript } from './documented-commands.ts';
export { freePort } from './free-port.ts';
export { freshCopy, newShell, runInNewShell, type ShellRun } from './fresh-copy.ts';
export { type Hit, Needles } from './needles.ts';
export { unknownNumber } from './numbers.ts';
export { type ClusterMember, HAS_PATRONI, startPatroni, type TestCluster } from './patroni.ts';
export {
  type CprPopulation,
  cprPopulation,
  type PopulationAddress,
  type PopulationPerson,
} from './population/cpr-population.ts';
export { fictionalSsn } from './population/fictional-numbers.ts';
export { type SsnRowOfPopulation, ssnPopulation } from './population/ssn-population.ts';
export { startPostgres, type TestPostgres } from './postgres.ts';
export { HAS_POSTGRES } from './postgres-programs.ts';
export { quickestMs } from './quickest.ts';
export type { RawAnswer } from './raw-answer.ts';
export { RawConnection } from './raw-connection.ts';
export { familyOf } from './reap-postgres.ts';
export { cprApi, SANDBOX, serviceToken, ssnDetails, ssnVerification } from './sandbox.ts';
export {
  plainEnvironment,
  REPOSITORY,
  type ServerOptions,
  startServer,
  type TestServer,
  VIDIMUS,
} from './server.ts';
export { temporaryFolder } from './temporary-folder.ts';
