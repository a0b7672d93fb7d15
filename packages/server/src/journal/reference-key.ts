import { keyedHash } from '../storage/keyring.ts';
import type { LedgerKeys } from './ledger-keys.ts';

/** Half an HMAC-SHA-256, as for subjects. */
const KEY_BYTES = 16;

/** Entries are found by reference without keeping the reference in clear. */
export function referenceKey(keys: LedgerKeys, reference: string | null): Buffer | null {
  return reference === null ? null : keyedHash(keys.subject, `reference:${reference}`, KEY_BYTES);
}
