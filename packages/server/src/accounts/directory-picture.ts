import type { Sql } from '../storage/sql.ts';
import type { Caller, CredentialKind } from './account.ts';
import { allAccounts } from './account-rows.ts';
import type { ClientKey } from './client-keys.ts';
import { allCredentials, type Credential } from './credential-rows.ts';

/** A credential that was neither revoked nor belongs to a disabled account when the picture was taken. */
export interface Entry {
  readonly caller: Caller;
  readonly expiresAt: number | null;
}
interface SecretEntry extends Entry {
  readonly digest: Uint8Array;
}
interface KeyEntry extends Entry {
  readonly keys: readonly ClientKey[];
}

/** Everything that credentials are checked against, as of one revision. */
export interface Picture {
  readonly revision: number;
  readonly byCredential: ReadonlyMap<string, Entry>;
  /** By {@link placeOf}. */
  readonly secrets: ReadonlyMap<string, readonly SecretEntry[]>;
  readonly clientKeys: ReadonlyMap<string, readonly KeyEntry[]>;
}

export async function revisionOf(sql: Sql): Promise<number> {
  return (await sql.get('select revision from account_revision'))?.['revision'] as number;
}

/** Belongs to every change of accounts and credentials, in the same transaction. */
export async function countRevision(sql: Sql): Promise<void> {
  await sql.run('update account_revision set revision = revision + 1');
}

/** Where a secret is looked for: by public id, or, for an API key, by its digest. */
export function placeOf(kind: CredentialKind, publicIdOrDigest: string): string {
  return `${kind}|${publicIdOrDigest}`;
}

/**
 * Reads all accounts and credentials. The revision is read first: what changes while the rows are read makes
 * the picture older than it is, and the next look takes it anew.
 */
export async function takePicture(sql: Sql): Promise<Picture> {
  const revision = await revisionOf(sql);
  const accounts = new Map((await allAccounts(sql)).map((account) => [account.id, account]));
  const byCredential = new Map<string, Entry>();
  const secrets = new Map<string, SecretEntry[]>();
  const clientKeys = new Map<string, KeyEntry[]>();
  for (const credential of await allCredentials(sql)) {
    const account = accounts.get(credential.account);
    if (account === undefined || account.disabledAt !== null || credential.revokedAt !== null) continue;
    const { id, kind, publicId, expiresAt, proof } = credential;
    const entry: Entry = { caller: { account, credential: id, kind }, expiresAt };
    byCredential.set(id, entry);
    if (proof.kind === 'public-keys') append(clientKeys, publicId, { ...entry, keys: proof.keys });
    else append(secrets, placeOfSecret(credential, proof.digest), { ...entry, digest: proof.digest });
  }
  return { revision, byCredential, secrets, clientKeys };
}

function placeOfSecret({ kind, publicId }: Credential, digest: Uint8Array): string {
  return placeOf(kind, kind === 'api-key' ? Buffer.from(digest).toString('hex') : publicId);
}

function append<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
