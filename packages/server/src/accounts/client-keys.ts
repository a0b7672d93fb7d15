import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { Failure } from '../failure.ts';

/** RFC 8725 section 3.5 and NIST SP 800-131A: shorter keys are not acceptable. Longer ones than 8192 bits cost
 * milliseconds for each check, paid by us. */
const RSA_BITS = { least: 2048, most: 8192 };
/** Enough for a rotation on the client's side; each key is tried when an assertion names none. */
const MOST_KEYS = 10;
const CURVES = ['P-256', 'P-384', 'P-521'];
/** RFC 7518 section 6.2.2 and 6.3.2, and `k` of symmetric keys (6.4). */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
const ALGORITHMS = {
  RSA: ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  EC: { 'P-256': ['ES256'], 'P-384': ['ES384'], 'P-521': ['ES512'] } as Record<string, string[]>,
};

/** A public key of an OAuth client, with the members of RFC 7517 that matter for checking its signatures. */
export type ClientKey =
  | {
      readonly kty: 'RSA';
      readonly n: string;
      readonly e: string;
      readonly kid?: string;
      readonly alg?: string;
    }
  | {
      readonly kty: 'EC';
      readonly crv: string;
      readonly x: string;
      readonly y: string;
      readonly kid?: string;
      readonly alg?: string;
    };

/**
 * Reads a JWK Set (RFC 7517) of a client that signs its assertions: 1 to 10 public RSA (2048 bits and more) or
 * EC (P-256, P-384, P-521) signing keys. Anything else is refused with `input-invalid`; a private member is
 * never repeated in the message.
 */
export function readClientKeys(jwks: unknown): readonly ClientKey[] {
  const keys = isObject(jwks) ? jwks['keys'] : undefined;
  if (!Array.isArray(keys) || keys.length === 0 || keys.length > MOST_KEYS) {
    throw refusal(`A JWKS is an object with "keys", a list of 1 to ${MOST_KEYS} public keys.`);
  }
  return keys.map((key, index) => readClientKey(key, `Key ${index + 1} of the JWKS`));
}

function readClientKey(key: unknown, which: string): ClientKey {
  if (!isObject(key)) throw refusal(`${which} is no object.`);
  if (key['kty'] === 'oct') throw refusal(`${which} is symmetric; only public RSA and EC keys are taken.`);
  if (PRIVATE_MEMBERS.some((member) => Object.hasOwn(key, member))) {
    throw refusal(`${which} holds private members; hand over the public part only, and replace this key.`);
  }
  if (key['use'] !== undefined && key['use'] !== 'sig') throw refusal(`${which} is not for signatures.`);
  switch (key['kty']) {
    case 'RSA':
      return { ...readRsa(key, which), ...labels(key, ALGORITHMS.RSA, which) };
    case 'EC':
      return { ...readCurve(key, which), ...labels(key, ALGORITHMS.EC[String(key['crv'])] ?? [], which) };
    default:
      throw refusal(`${which} has an unknown kty; only public RSA and EC keys are taken.`);
  }
}

function readRsa(key: Record<string, unknown>, which: string): ClientKey {
  const { n, e } = key;
  const bits = publicKey({ kty: 'RSA', n, e } as JsonWebKey, which).asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < RSA_BITS.least || bits > RSA_BITS.most) {
    throw refusal(`${which} has ${bits} bits; RSA keys need ${RSA_BITS.least} to ${RSA_BITS.most}.`);
  }
  return { kty: 'RSA', n: n as string, e: e as string };
}

function readCurve(key: Record<string, unknown>, which: string): ClientKey {
  const { crv, x, y } = key;
  if (typeof crv !== 'string' || !CURVES.includes(crv)) {
    throw refusal(`${which} is on another curve than ${CURVES.join(', ')}.`);
  }
  publicKey({ kty: 'EC', crv, x, y } as JsonWebKey, which);
  return { kty: 'EC', crv, x: x as string, y: y as string };
}

/** Node refuses members of a wrong type and points that are not on the curve. */
function publicKey(jwk: JsonWebKey, which: string): KeyObject {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    throw refusal(`${which} is damaged.`);
  }
}

function labels(
  key: Record<string, unknown>,
  algorithms: readonly string[],
  which: string,
): { kid?: string; alg?: string } {
  const { kid, alg } = key;
  if (kid !== undefined && typeof kid !== 'string') throw refusal(`${which} has a kid that is no text.`);
  if (alg !== undefined && (typeof alg !== 'string' || !algorithms.includes(alg))) {
    throw refusal(`${which} is for another algorithm than ${algorithms.join(', ')}.`);
  }
  return { ...(kid === undefined ? {} : { kid }), ...(alg === undefined ? {} : { alg }) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refusal(detail: string): Failure {
  return new Failure('input-invalid', detail);
}
