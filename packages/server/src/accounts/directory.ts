import type { Keyring } from '../storage/keyring.ts';
import type { DatabaseSync } from '../storage/sqlite.ts';
import type { Caller, CredentialKind } from './account.ts';
import type { ClientKey } from './client-keys.ts';
import { type Entry, placeOf, revisionOf, takePicture } from './directory-picture.ts';
import { digestOf, findByDigest } from './secret-digest.ts';

/** How old an answer may be when another process has disabled, revoked or rotated. A look costs 3 µs. */
const LOOK_AGAIN_AFTER_MS = 100;

/** Credentials of a client that signs its assertions. */
interface SigningClient {
  readonly caller: Caller;
  readonly keys: readonly ClientKey[];
}

/** Who stands behind a credential. Null: unknown, wrong, expired, revoked, or the account is disabled. */
export interface Directory {
  byClientSecret(clientId: string, secret: string): Caller | null;
  /** One element per live credential with public keys; empty for everybody else. */
  clientKeys(clientId: string): readonly SigningClient[];
  byApiKey(key: string): Caller | null;
  byApp(appId: string, appKey: string): Caller | null;
  /** Whether a credential that was proven before (a token's) is still good. */
  byCredential(credential: string): Caller | null;
  /** Makes a change by this process hold at once instead of within a tenth of a second. */
  refresh(): void;
}

/**
 * Opens the directory: all accounts and credentials in memory, so that a request costs one HMAC and no read.
 * It looks for a new revision when it is asked, at most every 100 ms. There is no timer: a timer runs late when
 * the process is busy, and a revoked key would live on; and when the database cannot be read, the question
 * fails instead of being answered from a picture that may be wrong by now.
 *
 * @param clock milliseconds since 1970
 */
export function openDirectory(
  db: DatabaseSync,
  keyring: Pick<Keyring, 'credential'>,
  clock: () => number,
): Directory {
  let picture = takePicture(db);
  let lookedAt = clock();

  function refresh(): void {
    if (revisionOf(db) !== picture.revision) picture = takePicture(db);
    lookedAt = clock();
  }

  function current(): typeof picture {
    if (Math.abs(clock() - lookedAt) >= LOOK_AGAIN_AFTER_MS) refresh();
    return picture;
  }

  function isAlive(entry: Entry): boolean {
    return entry.expiresAt === null || clock() < entry.expiresAt;
  }

  function bySecret(kind: CredentialKind, publicId: string, secret: string): Caller | null {
    const digest = digestOf(keyring, kind, publicId, secret);
    const place = placeOf(kind, kind === 'api-key' ? digest.toString('hex') : publicId);
    const live = (current().secrets.get(place) ?? []).filter(isAlive);
    return findByDigest(live, digest)?.caller ?? null;
  }

  return {
    byClientSecret: (clientId, secret) => bySecret('oauth', clientId, secret),
    clientKeys: (clientId) => (current().clientKeys.get(clientId) ?? []).filter(isAlive),
    byApiKey: (key) => bySecret('api-key', '', key),
    byApp: (appId, appKey) => bySecret('app', appId, appKey),
    byCredential(credential) {
      const entry = current().byCredential.get(credential);
      return entry !== undefined && isAlive(entry) ? entry.caller : null;
    },
    refresh,
  };
}
