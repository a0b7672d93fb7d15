import { freshBytes } from '../storage/fresh-bytes.ts';
import type { Draft } from './entry.ts';
import { commitmentOf, encodeDetails, SALT_BYTES } from './entry-bytes.ts';
import type { LedgerKeys } from './ledger-keys.ts';
import { referenceKey } from './reference-key.ts';

/** An entry that only lacks its decision and its number. */
export interface PreparedEntry
  extends Pick<Draft, 'account' | 'credential' | 'surface' | 'register' | 'operation' | 'subject'> {
  /** As a keyed hash. */
  readonly reference: Uint8Array | null;
  /** With their salt, not sealed yet. */
  readonly details: Uint8Array;
  readonly commitment: string;
}

/** Salts and hashes the personal part of an entry: what can be done before it has its place in the ledger. */
export function prepareEntry(keys: LedgerKeys, draft: Draft): PreparedEntry {
  const { account, credential, surface, register, operation, subject } = draft;
  const details = encodeDetails(freshBytes(SALT_BYTES), draft);
  return {
    account,
    credential,
    surface,
    register,
    operation,
    subject,
    reference: referenceKey(keys, draft.reference),
    details,
    commitment: commitmentOf(details),
  };
}
