import { HAS_POSTGRES, startPostgres, type TestPostgres } from '@vidimus/testkit';
import { afterAll, beforeAll, describe } from 'vitest';
import { type TemporaryAccounts, temporaryAccounts } from './temporary-accounts.fixture.ts';

/** The same tests on a data folder and on PostgreSQL; each call gives accounts of its own. */
export function onEitherStore(
  title: string,
  tests: (accounts: () => Promise<TemporaryAccounts>) => void,
): void {
  describe(`${title} in a data folder`, () => {
    tests(() => temporaryAccounts());
  });

  describe.skipIf(!HAS_POSTGRES)(`${title} in PostgreSQL`, () => {
    let server: TestPostgres;
    beforeAll(async () => {
      server = await startPostgres();
    });
    afterAll(() => server.stop());
    tests(async () => temporaryAccounts(await server.database()));
  });
}
