import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyRequest } from 'fastify';
import { SIMULATE_HELP, simulated } from '../http/simulate.ts';
import type { RegisterName } from '../journal/entry.ts';
import type { Admission } from '../verification/admission.ts';
import type { Asker, Simulation } from '../verification/request.ts';

export interface EntranceParts {
  readonly sandbox: boolean;
  readonly admit: (asker: Asker, register: RegisterName, simulate: Simulation | null) => Promise<Admission>;
}

/** A caller past credentials and rate. A block is carried along: the body is still read, for the ledger. */
export interface Entered {
  readonly kind: 'entered';
  readonly asker: Asker;
  readonly blockedUntil: number | null;
  readonly simulate: Simulation | null;
}

export type Entrance =
  | Entered
  | { readonly kind: 'too-fast'; readonly waitMs: number }
  | { readonly kind: 'no-simulation'; readonly help: string };

/** What every surface does with a request whose credentials are good, before reading its body. */
export async function enter(
  parts: EntranceParts,
  asker: Asker,
  register: RegisterName,
  request: FastifyRequest,
): Promise<Entrance> {
  const wish = simulated(request, parts.sandbox);
  if (wish.kind === 'not-understood') return { kind: 'no-simulation', help: SIMULATE_HELP };
  if (wish.kind === 'slow') await delay(wish.ms);
  const simulate = wish.kind === 'failure' ? wish.failure : null;
  const admission = await parts.admit(asker, register, simulate);
  switch (admission.kind) {
    case 'admitted':
      return { kind: 'entered', asker, blockedUntil: null, simulate };
    case 'blocked':
      return { kind: 'entered', asker, blockedUntil: admission.until, simulate };
    case 'too-fast':
      return admission;
  }
}
