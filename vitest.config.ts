import { defineConfig } from 'vitest/config';

/**
 * V8 now and then loses track of the pages of its compiled code where worker threads come and go, and ends the process
 * (`Check failed: jit_page.has_value()`). It only keeps track of them for memory protection keys.
 */
const WITHOUT_PROTECTION_KEYS = ['--no-memory-protection-keys'];

export default defineConfig({
  test: {
    execArgv: WITHOUT_PROTECTION_KEYS,
    globalSetup: 'test/remove-temporary-folders.ts',
    // One group after the other: servers and processes that a test starts compete with nothing but themselves.
    projects: [
      {
        test: {
          execArgv: WITHOUT_PROTECTION_KEYS,
          name: 'unit',
          include: ['packages/*/{src,test}/**/*.test.ts'],
          maxWorkers: '100%',
          sequence: { groupOrder: 1 },
          // A machine that builds other things beside this one is five times slower.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          execArgv: WITHOUT_PROTECTION_KEYS,
          name: 'contracts on PostgreSQL',
          include: [
            'test/{cpr,ssn-details,ssn-verification,vidimus}-contract.test.ts',
            'test/idempotency.test.ts',
          ],
          env: { VIDIMUS_TEST_STORE: 'postgres' },
          maxWorkers: 2,
          sequence: { groupOrder: 3 },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          execArgv: WITHOUT_PROTECTION_KEYS,
          name: 'promises',
          include: ['test/**/*.test.ts'],
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
