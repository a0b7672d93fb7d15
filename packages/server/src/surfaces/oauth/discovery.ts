import { ASSERTION_ALGORITHMS } from '../../tokens/client-assertion.ts';
import { CLIENT_AUTHENTICATION_METHODS } from '../../tokens/client-authentication.ts';
import { GRANT_TYPE } from '../../tokens/grant.ts';
import { TOKEN_PATH } from '../../tokens/open-tokens.ts';

export const DISCOVERY_PATH = '/.well-known/openid-configuration';
export const JWKS_PATH = '/.well-known/openid-configuration/jwks';

/**
 * The metadata document (OpenID Connect Discovery 1.0, RFC 8414). The broker's lists endpoints of its logins too;
 * here stands what is served and nothing else, in the broker's order.
 */
export function discoveryDocument(issuer: string) {
  return {
    issuer,
    jwks_uri: issuer + JWKS_PATH,
    token_endpoint: issuer + TOKEN_PATH,
    grant_types_supported: [GRANT_TYPE],
    token_endpoint_auth_methods_supported: [...CLIENT_AUTHENTICATION_METHODS],
    token_endpoint_auth_signing_alg_values_supported: [...ASSERTION_ALGORITHMS],
  };
}
