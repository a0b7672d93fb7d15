import type { AccountSettings } from './settings.ts';

/** The ways to prove who calls: an OAuth client, an API key in one header, an app id with its key in two. */
export const CREDENTIAL_KINDS = ['oauth', 'api-key', 'app'] as const;
export type CredentialKind = (typeof CREDENTIAL_KINDS)[number];

/** An organisation that calls. Times are milliseconds since 1970, UTC. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly settings: AccountSettings;
  readonly createdAt: number;
  /** Null while the account is in use; afterwards none of its credentials is good for anything. */
  readonly disabledAt: number | null;
}

/** Who asks, once proven: an account, and the id of the credential that proved it. */
export interface Caller {
  readonly account: Account;
  readonly credential: string;
  readonly kind: CredentialKind;
}
