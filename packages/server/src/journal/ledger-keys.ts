import type { Keyring } from '../storage/keyring.ts';

/** The keys of the ledger and no others: they go to the thread that writes it. */
export type LedgerKeys = Pick<Keyring, 'ledger' | 'subject'>;
