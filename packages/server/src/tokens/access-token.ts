import { hash, randomBytes } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Caller } from '../accounts/account.ts';
import type { Directory } from '../accounts/directory.ts';
import { type AccessTokenClaims, readClaims, readKid } from './access-token-form.ts';
import { scopesOf } from './scopes.ts';
import type { SigningKeys } from './signing-keys.ts';

export const TOKEN_LIFETIME_S = 3600;
/** For `nbf` only: servers that share a data folder may not share a clock to the second. */
const NOT_BEFORE_SKEW_S = 60;
/** Our tokens stay below 1 KiB. What is longer is not ours and not worth hashing. */
const LONGEST_TOKEN = 8192;
/** A client uses one token for an hour; 10 000 remembered tokens take about 5 MB. */
const REMEMBERED_TOKENS = 10_000;
const JTI_BYTES = 16;

type TokenReading =
  | { readonly kind: 'valid'; readonly caller: Caller; readonly scopes: readonly string[] }
  | { readonly kind: 'invalid' };

const INVALID: TokenReading = { kind: 'invalid' };

export interface AccessTokens {
  /** A signed token, good for {@link TOKEN_LIFETIME_S} seconds as long as the caller's credential is. */
  issue(caller: Caller, clientId: string, scopes: readonly string[]): Promise<string>;
  /** Whether a token is ours, unexpired, and its credential still good at this moment. */
  verify(token: string): Promise<TokenReading>;
}

export interface AccessTokenParts {
  /** The public base URL and `/op`; asked each time, because a free port is known only when it is bound. */
  readonly issuer: () => string;
  readonly keys: Pick<SigningKeys, 'current' | 'byKid'>;
  readonly directory: Pick<Directory, 'byCredential'>;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/**
 * Access tokens of the form that the broker issues: RS256, `typ: at+jwt`, without `aud` and `sub`, `scope` as a
 * list, members in the broker's order, and `credential`, which is ours. A checked signature is remembered until
 * the token expires; whether the credential is still good is asked every time.
 */
export function openAccessTokens({ issuer, keys, directory, clock }: AccessTokenParts): AccessTokens {
  const remembered = new LRUCache<string, AccessTokenClaims>({ max: REMEMBERED_TOKENS });

  async function check(token: string): Promise<AccessTokenClaims | null> {
    const kid = readKid(token);
    const key = kid === null ? null : await keys.byKid(kid);
    if (key === null) return null;
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: ['RS256'],
        typ: 'at+jwt',
        issuer: issuer(),
        currentDate: new Date(clock()),
        // jose gives the same tolerance to `exp`; who calls this function looks at `exp` without any.
        clockTolerance: NOT_BEFORE_SKEW_S,
      });
      return readClaims(payload);
    } catch {
      return null;
    }
  }

  return {
    async issue(caller, clientId, scopes) {
      const { kid, privateKey } = await keys.current();
      const now = Math.floor(clock() / 1000);
      return new SignJWT({
        iss: issuer(),
        nbf: now,
        iat: now,
        exp: now + TOKEN_LIFETIME_S,
        scope: scopes,
        client_id: clientId,
        client_at_type: 'service_token',
        credential: caller.credential,
        jti: randomBytes(JTI_BYTES).toString('hex').toUpperCase(),
      })
        .setProtectedHeader({ alg: 'RS256', kid, typ: 'at+jwt' })
        .sign(privateKey);
    },

    async verify(token) {
      if (token.length > LONGEST_TOKEN) return INVALID;
      const name = hash('sha256', token, 'base64url');
      const held = remembered.get(name);
      const claims = held ?? (await check(token));
      if (claims === null) return INVALID;
      if (clock() >= claims.exp * 1000) {
        remembered.delete(name);
        return INVALID;
      }
      if (held === undefined) remembered.set(name, claims);
      const caller = await directory.byCredential(claims.credential);
      if (caller === null) return INVALID;
      // What an account has been given since takes a new token; what it has lost is lost at once.
      const allowed = scopesOf(caller.account.settings);
      return { kind: 'valid', caller, scopes: claims.scopes.filter((scope) => allowed.includes(scope)) };
    },
  };
}
