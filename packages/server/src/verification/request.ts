import type { Cpr } from '@vidimus/numbers';
import type { BudgetState } from '../limits/budget.ts';

/** Who asks, as the surface authenticated it. */
export interface Asker {
  readonly account: string;
  readonly credential: string;
  readonly surface: string;
  /** Requests per second that the account may make. */
  readonly rate: number;
}

/** What the asker says the question is for; kept in the ledger only. */
export interface Purpose {
  readonly reference: string | null;
  readonly context: string | null;
  /** In the asker's words; left out where a surface does not ask for it. */
  readonly purpose?: string;
}

/** A failure that a sandbox caller asks for, to see what its code does then. */
export type Simulation = 'timeout' | '503' | 'blocked' | 'rate-limited';

/** What every question about a CPR number has. */
export interface CprRequest {
  readonly asker: Asker;
  readonly cpr: Cpr;
  readonly purpose: Purpose;
  readonly simulate: Simulation | null;
}

export type BudgetReader = (account: string, register: 'cpr') => BudgetState | Promise<BudgetState>;
