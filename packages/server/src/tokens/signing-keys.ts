import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { calculateJwkThumbprint } from 'jose';
import type { ControlStore } from '../storage/control.ts';
import type { Keyring } from '../storage/keyring.ts';
import {
  allSigningKeys,
  deleteSigningKeysRetiredBefore,
  insertSigningKey,
  retireSigningKey,
  type SigningKey,
  signingKid,
} from './signing-key-rows.ts';

/** NIST SP 800-57 part 1, table 1, gives a private signing key one to three years; a quarter costs nobody anything. */
const ROTATE_AFTER_MS = 90 * 24 * 3600 * 1000;
/** A retired key is published until every token that it signed has expired (1 h), and 5 minutes for slow clocks. */
const PUBLISH_RETIRED_MS = 65 * 60 * 1000;
/** How long a key that another process withdrew may still be taken here, and how soon its rotation is seen. */
const LOOK_AGAIN_AFTER_MS = 1000;
const RSA_BITS = 2048;
const KID_BYTES = 20;

/** A public signing key with the members of the broker's own JWK Set; `x5t` and `x5c` need a certificate. */
interface PublishedKey {
  readonly kty: 'RSA';
  readonly use: 'sig';
  readonly kid: string;
  readonly e: string;
  readonly n: string;
}

/** The keys of access tokens: RS256, because the broker signs with it and its clients expect it. */
export interface SigningKeys {
  /** The key to sign with. One that is older than 90 days is replaced first. */
  current(): Promise<Pick<SigningKey, 'kid' | 'privateKey'>>;
  /** The public key of a token's `kid`, also for a while after its retirement; null when there is none. */
  byKid(kid: string): Promise<KeyObject | null>;
  /** The newest first; two for 65 minutes after a rotation. */
  published(): Promise<readonly PublishedKey[]>;
  /** Makes a new key and signs with it from now on, in all processes. The new key's `kid`. */
  rotate(): Promise<string>;
}

/**
 * The signing keys kept in `control`, sealed under `keyring.tokens`; the first one is made on first use.
 * A key is made outside the transaction (it takes a tenth of a second) and kept only if nobody else was faster,
 * so that processes that start or rotate together agree on one.
 *
 * @param clock milliseconds since 1970
 */
export function openSigningKeys(
  control: ControlStore,
  keyring: Pick<Keyring, 'tokens'>,
  clock: () => number,
): SigningKeys {
  let keys = new Map<string, SigningKey>();
  let lookedAt = Number.NEGATIVE_INFINITY;
  let replacing: Promise<void> | null = null;

  async function look(): Promise<void> {
    keys = new Map((await allSigningKeys(control, keyring, keys)).map((key) => [key.kid, key]));
    lookedAt = clock();
  }

  function isPublished({ retiredAt }: SigningKey): boolean {
    return retiredAt === null || clock() < retiredAt + PUBLISH_RETIRED_MS;
  }

  async function replace(old: string | undefined): Promise<void> {
    const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', { modulusLength: RSA_BITS });
    const kid = await kidOf(publicKey);
    await control.exclusively(async (sql) => {
      if ((await signingKid(sql)) !== old) return;
      const now = clock();
      if (old !== undefined) await retireSigningKey(sql, old, now);
      await deleteSigningKeysRetiredBefore(sql, now - PUBLISH_RETIRED_MS);
      await insertSigningKey(sql, keyring, { kid, privateKey, publicKey, createdAt: now, retiredAt: null });
    });
    await look();
  }

  function replaceOnce(old: string | undefined): Promise<void> {
    replacing ??= replace(old).finally(() => {
      replacing = null;
    });
    return replacing;
  }

  async function current(): Promise<SigningKey> {
    const kid = await signingKid(control);
    if (kid === undefined) {
      await replaceOnce(undefined);
      return current();
    }
    if (!keys.has(kid)) await look();
    const key = keys.get(kid);
    // Another process has rotated between the two reads.
    if (key === undefined) return current();
    if (clock() - key.createdAt < ROTATE_AFTER_MS) return key;
    await replaceOnce(kid);
    return current();
  }

  return {
    current,

    async byKid(kid) {
      if (!keys.has(kid) || Math.abs(clock() - lookedAt) >= LOOK_AGAIN_AFTER_MS) await look();
      const key = keys.get(kid);
      return key !== undefined && isPublished(key) ? key.publicKey : null;
    },

    async published() {
      await current();
      await look();
      return [...keys.values()].filter(isPublished).map(toPublished);
    },

    async rotate() {
      await replaceOnce(await signingKid(control));
      return (await current()).kid;
    },
  };
}

/**
 * 40 upper-case hexadecimal digits, as the broker's: there a certificate's SHA-1, here the first 20 bytes of the
 * key's SHA-256 thumbprint (RFC 7638).
 */
async function kidOf(publicKey: KeyObject): Promise<string> {
  const thumbprint = await calculateJwkThumbprint(publicKey.export({ format: 'jwk' }), 'sha256');
  return Buffer.from(thumbprint, 'base64url').subarray(0, KID_BYTES).toString('hex').toUpperCase();
}

function toPublished({ kid, publicKey }: SigningKey): PublishedKey {
  const { e, n } = publicKey.export({ format: 'jwk' }) as { e: string; n: string };
  return { kty: 'RSA', use: 'sig', kid, e, n };
}
