import type { Keyring } from '../storage/keyring.ts';
import type { Sql } from '../storage/sql.ts';
import type { Caller, CredentialKind } from './account.ts';
import type { ClientKey } from './client-keys.ts';
import { type Entry, type Picture, placeOf, revisionOf, takePicture } from './directory-picture.ts';
import { digestOf, findByDigest } from './secret-digest.ts';

/** How old an answer may be when another process has disabled, revoked or rotated. A look costs 3 µs. */
const LOOK_AGAIN_AFTER_MS = 100;

/** Credentials of a client that signs its assertions. */
interface SigningClient {
  readonly caller: Caller;
  readonly keys: readonly ClientKey[];
}

/** At once as a rule; a promise when the database has to be looked at first. */
export type Soon<T> = T | Promise<T>;

/**
 * Who stands behind a credential. Null: unknown, wrong, expired, revoked, or the account is disabled. Every question
 * fails when the database cannot be looked at.
 */
export interface Directory {
  byClientSecret(clientId: string, secret: string): Soon<Caller | null>;
  /** One element per live credential with public keys; empty for everybody else. */
  clientKeys(clientId: string): Soon<readonly SigningClient[]>;
  byApiKey(key: string): Soon<Caller | null>;
  byApp(appId: string, appKey: string): Soon<Caller | null>;
  /** Whether a credential that was proven before (a token's) is still good. */
  byCredential(credential: string): Soon<Caller | null>;
  /** Makes a change by this process hold at once instead of within a tenth of a second. */
  refresh(): Promise<void>;
}

/**
 * Opens the directory: all accounts and credentials in memory, so that a request costs one HMAC and no read.
 * It looks for a new revision when it is asked, at most every 100 ms; who asks meanwhile waits for the same look.
 * There is no timer: a timer runs late when the process is busy, and a revoked key would live on; and when the
 * database cannot be read, the question fails instead of being answered from a picture that may be wrong by now.
 *
 * @param clock milliseconds since 1970
 */
export async function openDirectory(
  control: Sql,
  keyring: Pick<Keyring, 'credential'>,
  clock: () => number,
): Promise<Directory> {
  let lookedAt = clock();
  let picture = await takePicture(control);
  let looking: Promise<void> | null = null;

  async function look(): Promise<void> {
    const from = clock();
    if ((await revisionOf(control)) !== picture.revision) picture = await takePicture(control);
    lookedAt = from;
  }

  function lookOnce(): Promise<void> {
    looking ??= look().finally(() => {
      looking = null;
    });
    return looking;
  }

  function current<T>(read: (now: Picture) => T): Soon<T> {
    const isFresh = Math.abs(clock() - lookedAt) < LOOK_AGAIN_AFTER_MS;
    return isFresh ? read(picture) : lookOnce().then(() => read(picture));
  }

  function isAlive(entry: Entry): boolean {
    return entry.expiresAt === null || clock() < entry.expiresAt;
  }

  function bySecret(kind: CredentialKind, publicId: string, secret: string): Soon<Caller | null> {
    const digest = digestOf(keyring, kind, publicId, secret);
    const place = placeOf(kind, kind === 'api-key' ? digest.toString('hex') : publicId);
    return current(({ secrets }) => {
      const live = (secrets.get(place) ?? []).filter(isAlive);
      return findByDigest(live, digest)?.caller ?? null;
    });
  }

  return {
    byClientSecret: (clientId, secret) => bySecret('oauth', clientId, secret),
    clientKeys: (clientId) => current(({ clientKeys }) => (clientKeys.get(clientId) ?? []).filter(isAlive)),
    byApiKey: (key) => bySecret('api-key', '', key),
    byApp: (appId, appKey) => bySecret('app', appId, appKey),
    byCredential: (credential) =>
      current(({ byCredential }) => {
        const entry = byCredential.get(credential);
        return entry !== undefined && isAlive(entry) ? entry.caller : null;
      }),
    // A look that is under way may have begun before the change.
    refresh: () => (looking ?? Promise.resolve()).then(lookOnce),
  };
}
