import type { Caller } from '../accounts/account.ts';
import type { Directory } from '../accounts/directory.ts';
import { readBasic } from './basic-credentials.ts';
import { ASSERTION_TYPE, type AssertionParts, checkAssertion } from './client-assertion.ts';
import type { TokenRequest } from './token-request.ts';

export const CLIENT_AUTHENTICATION_METHODS = [
  'client_secret_basic',
  'client_secret_post',
  'private_key_jwt',
] as const;

export type ClientReading =
  | { readonly kind: 'client'; readonly clientId: string; readonly caller: Caller }
  | { readonly kind: 'refused'; readonly error: 'invalid_request' | 'invalid_client' };

export interface ClientAuthenticationParts extends AssertionParts {
  readonly directory: Pick<Directory, 'byClientSecret' | 'clientKeys'>;
}

const INVALID_REQUEST: ClientReading = { kind: 'refused', error: 'invalid_request' };
const INVALID_CLIENT: ClientReading = { kind: 'refused', error: 'invalid_client' };

/**
 * Proves which client asks, by exactly one of three methods (RFC 6749 section 2.3): its secret in the
 * `Authorization` header or in the form, or an assertion that it signed (RFC 7523). Who is unknown and who is
 * wrong cannot be told apart by the answer.
 */
export async function authenticateClient(
  request: TokenRequest,
  authorization: string | undefined,
  parts: ClientAuthenticationParts,
): Promise<ClientReading> {
  const { client_secret: secret, client_assertion: assertion, client_assertion_type: type } = request;
  const methods = [authorization, secret, assertion ?? type].filter((one) => one !== undefined);
  if (methods.length > 1) return INVALID_REQUEST;
  if (authorization !== undefined) return byBasic(request, authorization, parts);
  if (secret !== undefined) return bySecret(request.client_id, secret, parts);
  if (assertion !== undefined && type !== undefined) return byAssertion(request, assertion, type, parts);
  return methods.length === 1 ? INVALID_REQUEST : INVALID_CLIENT;
}

/** The form may repeat the client id beside the header, but not name another one. */
async function byBasic(
  { client_id: repeated }: TokenRequest,
  authorization: string,
  parts: ClientAuthenticationParts,
): Promise<ClientReading> {
  const reading = readBasic(authorization);
  if (reading.kind === 'unreadable') return INVALID_CLIENT;
  const attempts = reading.attempts.filter(({ clientId }) => repeated === undefined || clientId === repeated);
  if (attempts.length === 0) return INVALID_REQUEST;
  const readings = await Promise.all(
    attempts.map(({ clientId, secret }) => bySecret(clientId, secret, parts)),
  );
  return readings.find(({ kind }) => kind === 'client') ?? INVALID_CLIENT;
}

async function bySecret(
  clientId: string | undefined,
  secret: string,
  parts: ClientAuthenticationParts,
): Promise<ClientReading> {
  const caller = clientId === undefined ? null : await parts.directory.byClientSecret(clientId, secret);
  return clientId === undefined || caller === null ? INVALID_CLIENT : { kind: 'client', clientId, caller };
}

async function byAssertion(
  { client_id: repeated }: TokenRequest,
  assertion: string,
  type: string,
  parts: ClientAuthenticationParts,
): Promise<ClientReading> {
  if (type !== ASSERTION_TYPE) return INVALID_CLIENT;
  const reading = await checkAssertion(assertion, repeated, parts);
  return reading.kind === 'proven' ? { ...reading, kind: 'client' } : INVALID_CLIENT;
}
