import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // One group after the other: servers and processes that a test starts compete with nothing but themselves.
    projects: [
      {
        test: {
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
          name: 'contracts on PostgreSQL',
          include: ['test/{cpr,ssn-details,ssn-verification,vidimus}-contract.test.ts'],
          env: { VIDIMUS_TEST_STORE: 'postgres' },
          maxWorkers: 2,
          sequence: { groupOrder: 3 },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
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
