import type { HealthCheck } from './health.ts';

interface Register {
  readonly trouble: () => string | null;
  readonly isEmpty: () => boolean;
}

export interface ReadinessParts {
  readonly journal: {
    readonly probe: () => Promise<string | null>;
    readonly treeTrouble: () => string | null;
  };
  readonly registers: { readonly cpr: Register; readonly ssn: Register };
  readonly checkpoints: { readonly trouble: () => string | null };
  readonly isClosing: () => boolean;
}

/**
 * What must hold before a balancer may send requests here. That the keys are unlocked and the migrations done
 * is true of every server that got as far as listening; they are listed so that an operator sees them. Who
 * uses one register only need not fill the other.
 */
export function readinessChecks({
  journal,
  registers,
  checkpoints,
  isClosing,
}: ReadinessParts): HealthCheck[] {
  const troubleOf = (register: Register, other: Register) => () =>
    register.isEmpty() && !other.isEmpty() ? null : register.trouble();
  return [
    {
      name: 'ledger',
      trouble: async () => {
        const fault = await journal.probe();
        return fault === null ? null : `the ledger cannot be written (${fault})`;
      },
    },
    { name: 'ledger tree', trouble: journal.treeTrouble },
    { name: 'checkpoints', trouble: checkpoints.trouble },
    { name: 'cpr register', trouble: troubleOf(registers.cpr, registers.ssn) },
    { name: 'ssn register', trouble: troubleOf(registers.ssn, registers.cpr) },
    { name: 'keys', trouble: () => null },
    { name: 'migrations', trouble: () => null },
    { name: 'shutdown', trouble: () => (isClosing() ? 'the server is shutting down' : null) },
  ];
}
