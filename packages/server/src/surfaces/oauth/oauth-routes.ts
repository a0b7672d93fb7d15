import type { FastifyError, FastifyReply } from 'fastify';
import { isFailure } from '../../failure.ts';
import { readForm } from '../../http/form-body.ts';
import { onlyAllow } from '../../http/method-not-allowed.ts';
import type { Http } from '../../http/open-http.ts';
import { TOKEN_PATH, type Tokens } from '../../tokens/open-tokens.ts';
import type { TokenRequest } from '../../tokens/token-request.ts';
import { DISCOVERY_PATH, discoveryDocument, JWKS_PATH } from './discovery.ts';
import { discoverySchema, jwksSchema, tokenSchema } from './schema.ts';

export interface OAuthParts {
  readonly tokens: Pick<Tokens, 'issuer' | 'grant'> & { readonly keys: Pick<Tokens['keys'], 'published'> };
}

/**
 * Discovery, keys and the token endpoint; to be registered below `/op`, where the issuer ends. The contract is in
 * this folder's README.
 */
export function oauthRoutes({ tokens }: OAuthParts): (scope: Http) => Promise<void> {
  return async (scope) => {
    takeFormsOnly(scope);
    scope.setErrorHandler<FastifyError>((error, _request, reply) => answerFault(error, reply));
    onlyAllow(scope, DISCOVERY_PATH, ['GET'], (_request, reply) => refuse(reply, 'invalid_request'));
    onlyAllow(scope, JWKS_PATH, ['GET'], (_request, reply) => refuse(reply, 'invalid_request'));
    onlyAllow(scope, TOKEN_PATH, ['POST'], (_request, reply) => refuse(reply, 'invalid_request'));

    scope.get(DISCOVERY_PATH, { schema: discoverySchema }, (_request, reply) =>
      reply.send(discoveryDocument(tokens.issuer())),
    );

    scope.get(JWKS_PATH, { schema: jwksSchema }, async () => ({ keys: await tokens.keys.published() }));

    scope.post(TOKEN_PATH, { schema: tokenSchema }, async (request, reply) => {
      const outcome = await tokens.grant(request.body as TokenRequest, request.headers.authorization);
      switch (outcome.kind) {
        case 'granted':
          return reply.header('Pragma', 'no-cache').send(outcome.body);
        case 'refused':
          return refuse(reply.code(400), outcome.error);
      }
    });
  };
}

function takeFormsOnly(scope: Http): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer' },
    (_request, body, done) => {
      const reading = readForm(body as Buffer);
      if (reading.kind === 'form') done(null, reading.parameters);
      else done(Object.assign(new Error('malformed form'), { statusCode: 400 }));
    },
  );
}

/**
 * Whatever is wrong with a request before the grant looks at it (media type, size, form, missing `grant_type`) is
 * an `invalid_request`, as the broker answers it. Lost infrastructure is not the client's fault: the token
 * endpoint has no code for it, so that it answers the two of RFC 6749 section 4.1.2.1, which say what they mean.
 */
function answerFault(error: FastifyError, reply: FastifyReply): FastifyReply {
  if (isFailure(error)) return refuseUnavailable(reply);
  if ((error.statusCode ?? 500) >= 500) return refuse(reply.code(500), 'server_error');
  return refuse(reply.code(400), 'invalid_request');
}

/** Answers that no token can be given now. */
export function refuseUnavailable(reply: FastifyReply): FastifyReply {
  return refuse(reply.code(503), 'temporarily_unavailable');
}

function refuse(reply: FastifyReply, error: string): FastifyReply {
  return reply.header('Pragma', 'no-cache').send({ error });
}
