import type { HealthCheck } from './health.ts';

export interface ReadinessParts {
  readonly journal: { readonly probe: () => Promise<string | null> };
  readonly register: { readonly trouble: () => string | null };
  readonly isClosing: () => boolean;
}

/**
 * What must hold before a balancer may send requests here. That the keys are unlocked and the migrations done
 * is true of every server that got as far as listening; they are listed so that an operator sees them.
 */
export function readinessChecks(parts: ReadinessParts): HealthCheck[] {
  return [
    {
      name: 'ledger',
      trouble: async () => {
        const fault = await parts.journal.probe();
        return fault === null ? null : `the ledger cannot be written (${fault})`;
      },
    },
    { name: 'register', trouble: parts.register.trouble },
    { name: 'keys', trouble: () => null },
    { name: 'migrations', trouble: () => null },
    { name: 'shutdown', trouble: () => (parts.isClosing() ? 'the server is shutting down' : null) },
  ];
}
