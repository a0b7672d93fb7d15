import { randomBytes } from 'node:crypto';
import type { Draft } from './entry.ts';

/** A lookup that found somebody, but for `part`. */
export function draft(part: Partial<Draft> = {}): Draft {
  return {
    account: 'acc_a',
    credential: 'crd_1',
    surface: 'ssn-details',
    register: 'cpr',
    operation: 'lookup',
    subject: randomBytes(16),
    reference: 'case 1',
    context: null,
    summary: 'Status=Active',
    use: 'hit',
    outcome: 'found',
    ...part,
  };
}

/** A lookup of a number that nobody has. */
export const miss = (part: Partial<Draft> = {}): Draft => draft({ use: 'miss', outcome: 'unknown', ...part });

/** The entry that says that a subject was erased. */
export const erasure = (part: Partial<Draft> = {}): Draft =>
  draft({
    operation: 'erase',
    outcome: 'erased',
    subject: null,
    reference: null,
    context: 'GDPR 17',
    use: 'refused',
    ...part,
  });
