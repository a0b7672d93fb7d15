import { timingSafeEqual } from 'node:crypto';
import type { Keyring } from '../storage/keyring.ts';
import { keyedHash } from '../storage/keyring.ts';
import type { CredentialKind } from './account.ts';

/** Compared with where there is nothing to compare with, so that an unknown id costs what a wrong secret does. */
const NOBODY = Buffer.alloc(32);

/**
 * What is kept of a secret: HMAC-SHA-256 under a key that is not in the database, over the kind, the public id
 * and the secret, so that a digest copied to another client's row proves nothing there. An API key is found by
 * its digest alone: its public id is left blank here.
 */
export function digestOf(
  keyring: Pick<Keyring, 'credential'>,
  kind: CredentialKind,
  publicId: string,
  secret: string,
): Buffer {
  return keyedHash(keyring.credential, `${kind}|${publicId}|${secret}`);
}

/** The first of `held` whose digest is `offered`. All are compared, whichever fits. */
export function findByDigest<T extends { readonly digest: Uint8Array }>(
  held: readonly T[],
  offered: Uint8Array,
): T | undefined {
  if (held.length === 0) timingSafeEqual(NOBODY, offered);
  return held.filter((one) => timingSafeEqual(one.digest, offered))[0];
}
