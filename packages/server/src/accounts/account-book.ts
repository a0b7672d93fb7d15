import { Failure } from '../failure.ts';
import type { ControlStore } from '../storage/control.ts';
import type { Keyring } from '../storage/keyring.ts';
import type { Sql } from '../storage/sql.ts';
import type { Account, CredentialKind } from './account.ts';
import { readAccountName } from './account-name.ts';
import {
  accountNamed,
  accountOf,
  allAccounts,
  disableAccount,
  insertAccount,
  updateSettings,
} from './account-rows.ts';
import { changeSettings, type SettingsChange } from './change-settings.ts';
import { type ClientKey, readClientKeys } from './client-keys.ts';
import { type Credential, credentialsOf, endCredentials, insertCredential } from './credential-rows.ts';
import { countRevision } from './directory-picture.ts';
import { makeId } from './made-secrets.ts';
import { type IssuedSecrets, type NewCredential, newApiKey, newApp, newOauth } from './new-credential.ts';
import { addSandboxAccount } from './sandbox-account.ts';
import { readSettings, type SettingsWish } from './settings.ts';

/** Long enough to bring a new secret to every machine of a client within a working day. */
const DEFAULT_OVERLAP_MS = 24 * 3600 * 1000;
/** An old secret that lives on longer than a quarter is a second secret, not a rotation. */
const LONGEST_OVERLAP_MS = 90 * 24 * 3600 * 1000;

interface AccountOptions extends SettingsWish {
  /** A JWK Set: the OAuth client signs assertions with these keys and gets no secret. */
  readonly jwks?: unknown;
}

interface RotationOptions {
  readonly jwks?: unknown;
  /** How long the old secret stays good, in milliseconds; 0 ends it at once. */
  readonly overlapMs?: number | undefined;
}

type Named = { readonly account: { readonly id: string; readonly name: string } };
/** A new account's secrets: the only time that they can be seen. */
type AddedAccount = Named & IssuedSecrets;
/** The new secret of the rotated kind, under the same member as in {@link AddedAccount}. */
type RotatedCredential = Named & Partial<IssuedSecrets>;

/** What may be shown of a credential. Times are milliseconds since 1970. */
export interface CredentialView {
  readonly kind: CredentialKind;
  /** Client id, app id, or the last six characters of an API key. */
  readonly publicId: string;
  readonly how: 'secret' | 'public-keys';
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly revokedAt: number | null;
}

/** What an operator does with accounts. Every change holds in all processes on the folder within a second. */
export interface AccountBook {
  /** Fails with `account-exists` or `input-invalid`. */
  add(name: string, options?: AccountOptions): Promise<AddedAccount>;
  /** By name; disabled ones too. */
  list(): Promise<readonly Account[]>;
  /** Fails with `account-unknown`. */
  byId(id: string): Promise<Account>;
  /** Fails with `account-unknown`, as the next three do. Credentials: by kind, newest first. */
  show(name: string): Promise<{ readonly account: Account; readonly credentials: readonly CredentialView[] }>;
  disable(name: string): Promise<Account>;
  /** Also fails with `input-invalid`. Whoever changes an account says so in the ledger first. */
  set(name: string, change: SettingsChange): Promise<Account>;
  /** Client id and app id stay what they are; an API key is new as a whole. */
  rotate(name: string, kind: CredentialKind, options?: RotationOptions): Promise<RotatedCredential>;
  /** The account of this name; made without any credentials on first use. */
  ensureAccount(name: string): Promise<Account>;
  /** The published account of a sandbox folder; the caller knows that it is one. */
  addSandboxAccount(): Promise<Account>;
}

/** @param clock milliseconds since 1970 */
export function openAccountBook(
  control: ControlStore,
  keyring: Pick<Keyring, 'credential'>,
  clock: () => number,
): AccountBook {
  /** One change at a time, and every process that keeps accounts in memory sees that there was one. */
  function change<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return control.exclusively(async (sql) => {
      await countRevision(sql);
      return work(sql);
    });
  }

  async function known(sql: Sql, name: string): Promise<Account> {
    const account = await accountNamed(sql, name.normalize('NFC').trim());
    if (account === undefined) throw new Failure('account-unknown');
    return account;
  }

  async function make(sql: Sql, name: string, wish: SettingsWish): Promise<Account> {
    const settings = readSettings(wish);
    const account = { id: makeId('acc_'), name, settings, createdAt: clock(), disabledAt: null };
    await insertAccount(sql, account);
    return account;
  }

  async function keep(sql: Sql, { kind, publicId, proof }: NewCredential, account: string): Promise<void> {
    const id = makeId('crd_');
    await insertCredential(sql, {
      id,
      account,
      kind,
      publicId,
      proof,
      createdAt: clock(),
      expiresAt: null,
      revokedAt: null,
    });
  }

  return {
    async add(name, options = {}) {
      const readName = readAccountName(name);
      const oauth = newOauth(keyring, keysOf(options.jwks));
      const apiKey = newApiKey(keyring);
      const app = newApp(keyring);
      return change(async (sql) => {
        if ((await accountNamed(sql, readName)) !== undefined) throw new Failure('account-exists');
        const account = await make(sql, readName, options);
        for (const credential of [oauth, apiKey, app]) await keep(sql, credential, account.id);
        return { ...named(account), ...oauth.issued, ...apiKey.issued, ...app.issued };
      });
    },

    list: () => allAccounts(control),

    async byId(id) {
      const account = await accountOf(control, id);
      if (account === undefined) throw new Failure('account-unknown');
      return account;
    },

    async show(name) {
      const account = await known(control, name);
      return { account, credentials: (await credentialsOf(control, account.id)).map(viewOf) };
    },

    disable(name) {
      return change(async (sql) => {
        const { id } = await known(sql, name);
        await disableAccount(sql, id, clock());
        return known(sql, name);
      });
    },

    set(name, wished) {
      return change(async (sql) => {
        const account = await known(sql, name);
        const settings = changeSettings(account.settings, wished);
        await updateSettings(sql, account.id, settings);
        return { ...account, settings };
      });
    },

    async rotate(name, kind, options = {}) {
      if (options.jwks !== undefined && kind !== 'oauth') {
        throw new Failure('input-invalid', 'Only an OAuth client can have public keys.');
      }
      const keys = keysOf(options.jwks);
      const overlap = readOverlap(options.overlapMs ?? DEFAULT_OVERLAP_MS);
      return change(async (sql) => {
        const account = await known(sql, name);
        if (account.disabledAt !== null) throw new Failure('input-invalid', 'This account is disabled.');
        const held = await credentialsOf(sql, account.id);
        const publicId = held.find((credential) => credential.kind === kind)?.publicId;
        const fresh = replacement(keyring, kind, publicId, keys);
        const now = clock();
        await endCredentials(sql, account.id, kind, now, now + overlap);
        await keep(sql, fresh, account.id);
        return { ...named(account), ...fresh.issued };
      });
    },

    async ensureAccount(name) {
      const readName = readAccountName(name);
      const held = await accountNamed(control, readName);
      return (
        held ?? change(async (sql) => (await accountNamed(sql, readName)) ?? (await make(sql, readName, {})))
      );
    },

    addSandboxAccount: () => addSandboxAccount(control, keyring, clock()),
  };
}

function replacement(
  keyring: Pick<Keyring, 'credential'>,
  kind: CredentialKind,
  publicId: string | undefined,
  keys: readonly ClientKey[] | null,
): NewCredential {
  switch (kind) {
    case 'oauth':
      return newOauth(keyring, keys, publicId);
    case 'api-key':
      return newApiKey(keyring);
    case 'app':
      return newApp(keyring, publicId);
  }
}

function keysOf(jwks: unknown): readonly ClientKey[] | null {
  return jwks === undefined ? null : readClientKeys(jwks);
}

function readOverlap(overlapMs: number): number {
  if (Number.isInteger(overlapMs) && overlapMs >= 0 && overlapMs <= LONGEST_OVERLAP_MS) return overlapMs;
  throw new Failure('input-invalid', 'An overlap lasts from 0 to 90 days.');
}

function named({ id, name }: Account): Named {
  return { account: { id, name } };
}

function viewOf({ kind, publicId, proof, createdAt, expiresAt, revokedAt }: Credential): CredentialView {
  return { kind, publicId, how: proof.kind, createdAt, expiresAt, revokedAt };
}
