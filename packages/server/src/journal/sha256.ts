import { hash } from 'node:crypto';
import type { Sha256 } from '@vidimus/ledger';
import { digestBytes } from '../storage/digest-bytes.ts';

/** SHA-256 for the pure ledger package. */
export const sha256: Sha256 = (bytes) => digestBytes(hash('sha256', bytes, 'binary'));
