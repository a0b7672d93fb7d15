import type { Keyring } from '../storage/keyring.ts';
import type { CredentialKind } from './account.ts';
import type { ClientKey } from './client-keys.ts';
import type { Proof } from './credential-rows.ts';
import { apiKeyName, makeApiKey, makeClientId, makeId, makeSecret } from './made-secrets.ts';
import { digestOf } from './secret-digest.ts';

/** What the operator hands to the client, once. A client with public keys of its own has no `clientSecret`. */
export interface IssuedSecrets {
  readonly oauth: { readonly clientId: string; readonly clientSecret?: string };
  readonly apiKey: string;
  readonly app: { readonly appId: string; readonly appKey: string };
}

/** A credential before it is kept: what the row needs, and what is shown once. */
export interface NewCredential<Issued = Partial<IssuedSecrets>> {
  readonly kind: CredentialKind;
  readonly publicId: string;
  readonly proof: Proof;
  readonly issued: Issued;
}

type DigestKeys = Pick<Keyring, 'credential'>;

/** An OAuth client; with `keys` it signs assertions (RFC 7523) and there is no secret. */
export function newOauth(
  keyring: DigestKeys,
  keys: readonly ClientKey[] | null,
  clientId = makeClientId(),
  clientSecret = makeSecret(),
): NewCredential<Pick<IssuedSecrets, 'oauth'>> {
  return keys === null
    ? {
        kind: 'oauth',
        publicId: clientId,
        proof: { kind: 'secret', digest: digestOf(keyring, 'oauth', clientId, clientSecret) },
        issued: { oauth: { clientId, clientSecret } },
      }
    : {
        kind: 'oauth',
        publicId: clientId,
        proof: { kind: 'public-keys', keys },
        issued: { oauth: { clientId } },
      };
}

export function newApiKey(
  keyring: DigestKeys,
  apiKey = makeApiKey(),
): NewCredential<Pick<IssuedSecrets, 'apiKey'>> {
  return {
    kind: 'api-key',
    publicId: apiKeyName(apiKey),
    proof: { kind: 'secret', digest: digestOf(keyring, 'api-key', '', apiKey) },
    issued: { apiKey },
  };
}

export function newApp(
  keyring: DigestKeys,
  appId = makeId('app_'),
  appKey = makeSecret(),
): NewCredential<Pick<IssuedSecrets, 'app'>> {
  return {
    kind: 'app',
    publicId: appId,
    proof: { kind: 'secret', digest: digestOf(keyring, 'app', appId, appKey) },
    issued: { app: { appId, appKey } },
  };
}
