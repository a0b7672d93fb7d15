import type { Finding } from '../register/register.ts';
import type { Simulation } from './request.ts';

/** Asks a register, or nobody when the asker wants to see what happens when it does not answer. */
export async function askRegister<T>(
  simulate: Simulation | null,
  find: () => Promise<Finding<T>>,
): Promise<Finding<T>> {
  return simulate === 'timeout' ? { kind: 'unreachable' } : find();
}
