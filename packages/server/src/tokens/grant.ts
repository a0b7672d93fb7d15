import type { AccessTokens } from './access-token.ts';
import { TOKEN_LIFETIME_S } from './access-token.ts';
import { authenticateClient, type ClientAuthenticationParts } from './client-authentication.ts';
import { chooseScopes, scopesOf } from './scopes.ts';
import type { TokenRequest } from './token-request.ts';

export const GRANT_TYPE = 'client_credentials';

/** The success body of RFC 6749 section 5.1, in the broker's member order. `expires_in` in seconds. */
interface TokenAnswer {
  readonly access_token: string;
  readonly expires_in: number;
  readonly token_type: 'Bearer';
  readonly scope: string;
}

/**
 * RFC 6749 section 5.2. `unauthorized_client` is in the broker's list too; it never comes from here, because
 * every client may use the one grant that there is.
 */
export const GRANT_ERRORS = [
  'invalid_request',
  'invalid_client',
  'unauthorized_client',
  'invalid_scope',
  'unsupported_grant_type',
] as const;
type GrantError = (typeof GRANT_ERRORS)[number];

type GrantOutcome =
  | { readonly kind: 'granted'; readonly body: TokenAnswer }
  | { readonly kind: 'refused'; readonly error: GrantError };

export type TokenGrant = (request: TokenRequest, authorization: string | undefined) => Promise<GrantOutcome>;

export interface TokenGrantParts extends ClientAuthenticationParts {
  readonly tokens: Pick<AccessTokens, 'issue'>;
}

/**
 * The client credentials grant (RFC 6749 section 4.4). Faults are told in this order: the request's shape, the
 * client, the grant type, the scope.
 */
export function openTokenGrant(parts: TokenGrantParts): TokenGrant {
  return async (request, authorization) => {
    if (request.grant_type === undefined) return refused('invalid_request');
    const client = await authenticateClient(request, authorization, parts);
    if (client.kind === 'refused') return client;
    if (request.grant_type !== GRANT_TYPE) return refused('unsupported_grant_type');
    const { clientId, caller } = client;
    const scopes = chooseScopes(request.scope, scopesOf(caller.account.settings));
    if (scopes === null) return refused('invalid_scope');
    const token = await parts.tokens.issue(caller, clientId, scopes);
    return {
      kind: 'granted',
      body: {
        access_token: token,
        expires_in: TOKEN_LIFETIME_S,
        token_type: 'Bearer',
        scope: scopes.join(' '),
      },
    };
  };
}

function refused(error: GrantError): GrantOutcome {
  return { kind: 'refused', error };
}
