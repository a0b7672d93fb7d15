import { decodeProtectedHeader, type JWTPayload } from 'jose';

/** What an access token says, once its signature is checked; `exp` in seconds since 1970. */
export interface AccessTokenClaims {
  readonly credential: string;
  readonly scopes: readonly string[];
  readonly exp: number;
}

/**
 * The key id of a token of ours, before anything of it is believed. The header must hold `alg`, `kid` and `typ`
 * and nothing else: no key and no place of a key that the token brings along (`jwk`, `jku`, `x5c`, `x5u`), no
 * extension (`crit`, `b64`, `zip`), and no other algorithm, so that a public key is never taken for a shared
 * secret (RFC 8725 section 3.1).
 *
 * Each part must be written as its bytes are (RFC 7515 section 2): blanks, and bits behind the last byte, would
 * let a token be changed without being another one.
 */
export function readKid(token: string): string | null {
  if (!token.split('.').every(isCanonical)) return null;
  try {
    const { alg, kid, typ, ...rest } = decodeProtectedHeader(token);
    const ours = alg === 'RS256' && typ === 'at+jwt' && Object.keys(rest).length === 0;
    return ours && typeof kid === 'string' ? kid : null;
  } catch {
    return null;
  }
}

/** Reads the members that decide what a token is good for; null when one is missing or of another type. */
export function readClaims({ credential, scope, exp }: JWTPayload): AccessTokenClaims | null {
  if (typeof credential !== 'string' || typeof exp !== 'number' || !isListOfText(scope)) return null;
  return { credential, scopes: scope, exp };
}

function isCanonical(part: string): boolean {
  return Buffer.from(part, 'base64url').toString('base64url') === part;
}

function isListOfText(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
