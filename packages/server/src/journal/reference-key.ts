import { keyedHash } from '../storage/keyring.ts';
import type { LedgerKeys } from './ledger-keys.ts';

/** Entries are found by reference without keeping the reference in clear. */
export function referenceKey(keys: LedgerKeys, reference: string | null): Buffer | null {
  return reference === null ? null : keyedHash(keys.subject, `reference:${reference}`).subarray(0, 16);
}
