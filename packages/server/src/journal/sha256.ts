import { hash } from 'node:crypto';
import type { Sha256 } from '@vidimus/ledger';

/** SHA-256 for the pure ledger package. */
export const sha256: Sha256 = (bytes) => hash('sha256', bytes, 'buffer');
