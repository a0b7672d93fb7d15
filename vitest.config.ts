import { defineConfig } from 'vitest/config';

/**
 * V8 ends the process now and then (`Check failed: jit_page.has_value()`) when it replaces the code by which WebAssembly
 * calls JavaScript with a faster one. Node's `fetch` reads answers in WebAssembly. After so many calls it never does.
 */
const WITHOUT_FASTER_WRAPPERS = ['--wasm-wrapper-tiering-budget=1000000000'];

export default defineConfig({
  test: {
    execArgv: WITHOUT_FASTER_WRAPPERS,
    globalSetup: 'test/remove-temporary-folders.ts',
    // One group after the other: servers and processes that a test starts compete with nothing but themselves.
    projects: [
      {
        test: {
          execArgv: WITHOUT_FASTER_WRAPPERS,
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
          execArgv: WITHOUT_FASTER_WRAPPERS,
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
          execArgv: WITHOUT_FASTER_WRAPPERS,
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
