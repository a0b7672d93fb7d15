import { decodeJwt, decodeProtectedHeader, type JWK, type JWTPayload, jwtVerify } from 'jose';
import type { Caller } from '../accounts/account.ts';
import type { ClientKey } from '../accounts/client-keys.ts';
import type { Directory } from '../accounts/directory.ts';
import type { UsedAssertions } from './used-assertions.ts';

export const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/**
 * Asymmetric algorithms only. The broker also offers HMAC with the client's secret; we keep no secret that could
 * check one, and a list without HMAC cannot be talked into taking a public key for a secret (RFC 8725, 3.1).
 */
export const ASSERTION_ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
] as const;

const CURVE_OF: Readonly<Record<string, string>> = { ES256: 'P-256', ES384: 'P-384', ES512: 'P-521' };
/** A header that brings its own key, names a place to fetch one, or asks for an extension. */
const REFUSED_HEADERS = ['jwk', 'jku', 'x5c', 'x5u', 'crit', 'b64', 'zip'];
/** An assertion is made for one request. Short lives also bound how many ids have to be remembered. */
const LONGEST_LIFE_S = 300;
const SKEW_S = 60;
const LONGEST_JTI = 256;

export interface AssertionParts {
  /** The issuer and the token endpoint: what an assertion's `aud` may name. */
  readonly audiences: () => readonly string[];
  readonly directory: Pick<Directory, 'clientKeys'>;
  readonly used: UsedAssertions;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

export type AssertionReading =
  | { readonly kind: 'proven'; readonly clientId: string; readonly caller: Caller }
  | { readonly kind: 'refused' };

const REFUSED: AssertionReading = { kind: 'refused' };

/**
 * Checks a client's signed assertion (RFC 7523 section 3): `iss` and `sub` are the client (and `expected`, where
 * the form names one), `aud` names us and nobody else, `exp` is ahead, at most 5 minutes after `iat` (or after
 * now where there is no `iat`), `jti` is used once.
 *
 * Every audience has to be ours: an assertion that another server may also take could be one that this other
 * server was given and passes on.
 */
export async function checkAssertion(
  assertion: string,
  expected: string | undefined,
  parts: AssertionParts,
): Promise<AssertionReading> {
  const claimed = readClaimed(assertion);
  if (claimed === null || claimed.clientId !== (expected ?? claimed.clientId)) return REFUSED;
  for (const { caller, keys } of await parts.directory.clientKeys(claimed.clientId)) {
    for (const key of keys.filter((one) => fits(one, claimed))) {
      const payload = await verified(assertion, key, claimed, parts);
      if (payload !== null) {
        return (await isFresh(payload, claimed.clientId, parts))
          ? { kind: 'proven', clientId: claimed.clientId, caller }
          : REFUSED;
      }
    }
  }
  return REFUSED;
}

/** What an assertion says of itself before its signature is checked: enough to find the keys. */
interface Claimed {
  readonly clientId: string;
  readonly alg: string;
  readonly kid: string | undefined;
}

function readClaimed(assertion: string): Claimed | null {
  try {
    const header = decodeProtectedHeader(assertion);
    const { iss } = decodeJwt(assertion);
    if (REFUSED_HEADERS.some((name) => Object.hasOwn(header, name))) return null;
    if (typeof iss !== 'string' || !(ASSERTION_ALGORITHMS as readonly unknown[]).includes(header.alg))
      return null;
    if (header.kid !== undefined && typeof header.kid !== 'string') return null;
    return { clientId: iss, alg: header.alg as string, kid: header.kid };
  } catch {
    return null;
  }
}

/** A `kid` on one side only decides nothing: clients may name their keys here and not there. */
function fits(key: ClientKey, { alg, kid }: Claimed): boolean {
  if (kid !== undefined && key.kid !== undefined && kid !== key.kid) return false;
  if (key.alg !== undefined && key.alg !== alg) return false;
  return key.kty === 'EC' ? key.crv === CURVE_OF[alg] : !Object.hasOwn(CURVE_OF, alg);
}

async function verified(
  assertion: string,
  key: ClientKey,
  { clientId, alg }: Claimed,
  { audiences, clock }: AssertionParts,
): Promise<JWTPayload | null> {
  try {
    const { payload } = await jwtVerify(assertion, key as JWK, {
      algorithms: [alg],
      issuer: clientId,
      subject: clientId,
      audience: [...audiences()],
      requiredClaims: ['exp', 'jti'],
      currentDate: new Date(clock()),
      clockTolerance: SKEW_S,
    });
    return payload;
  } catch {
    return null;
  }
}

async function isFresh(
  { aud, exp, iat, jti }: JWTPayload,
  clientId: string,
  parts: AssertionParts,
): Promise<boolean> {
  const nowMs = parts.clock();
  const now = nowMs / 1000;
  if (typeof jti !== 'string' || jti === '' || jti.length > LONGEST_JTI) return false;
  if (![aud].flat().every((one) => one !== undefined && parts.audiences().includes(one))) return false;
  if (exp === undefined || exp <= now) return false;
  if (iat !== undefined && (typeof iat !== 'number' || iat > now + SKEW_S)) return false;
  if (exp - (iat ?? now) > LONGEST_LIFE_S) return false;
  return parts.used.take(clientId, jti, Math.ceil(exp * 1000), nowMs);
}
