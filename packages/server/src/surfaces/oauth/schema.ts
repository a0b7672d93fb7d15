import { Type } from 'typebox';
import { GRANT_ERRORS } from '../../tokens/grant.ts';

const TAGS = ['Tokens'];

const TokenRefusal = Type.Object(
  { error: Type.Enum([...GRANT_ERRORS], { type: 'string' }) },
  { description: 'RFC 6749 section 5.2, without a description.' },
);

/** Lost infrastructure: RFC 6749 section 5.2 has no word for it, section 4.1.2.1 has. */
const TokenFault = Type.Object({
  error: Type.Enum(['temporarily_unavailable', 'server_error'], { type: 'string' }),
});
const REFUSALS = { 400: TokenRefusal, 500: TokenFault, 503: TokenFault };

export const discoverySchema = {
  operationId: 'discovery',
  tags: TAGS,
  security: [],
  summary: 'Where tokens and keys are, and how clients prove who they are',
  response: {
    200: Type.Object({
      issuer: Type.String(),
      jwks_uri: Type.String(),
      token_endpoint: Type.String(),
      grant_types_supported: Type.Array(Type.String()),
      token_endpoint_auth_methods_supported: Type.Array(Type.String()),
      token_endpoint_auth_signing_alg_values_supported: Type.Array(Type.String()),
    }),
    ...REFUSALS,
  },
};

export const jwksSchema = {
  operationId: 'jwks',
  tags: TAGS,
  security: [],
  summary: 'The public keys that access tokens are signed with',
  description: 'A JWK Set (RFC 7517). Two keys for 65 minutes after a rotation.',
  response: {
    200: Type.Object({
      keys: Type.Array(
        Type.Object({
          kty: Type.Literal('RSA'),
          use: Type.Literal('sig'),
          kid: Type.String(),
          e: Type.String(),
          n: Type.String(),
        }),
      ),
    }),
    ...REFUSALS,
  },
};

export const tokenSchema = {
  operationId: 'token',
  tags: TAGS,
  security: [],
  summary: 'Get an access token for one hour',
  description:
    'Client credentials grant (RFC 6749 section 4.4). The client proves who it is by Basic authentication, by ' +
    '`client_id` and `client_secret` in the form, or by a signed assertion (RFC 7523).',
  consumes: ['application/x-www-form-urlencoded'],
  body: Type.Object({
    grant_type: Type.String({ description: '`client_credentials`' }),
    scope: Type.Optional(Type.String({ description: '`neb_api`; without it: all that the client may have' })),
    client_id: Type.Optional(Type.String()),
    client_secret: Type.Optional(Type.String()),
    client_assertion_type: Type.Optional(
      Type.String({ description: '`urn:ietf:params:oauth:client-assertion-type:jwt-bearer`' }),
    ),
    client_assertion: Type.Optional(Type.String()),
  }),
  response: {
    200: Type.Object({
      access_token: Type.String(),
      expires_in: Type.Integer({ description: 'Seconds' }),
      token_type: Type.Literal('Bearer'),
      scope: Type.String({ description: 'Separated by blanks' }),
    }),
    ...REFUSALS,
  },
};
