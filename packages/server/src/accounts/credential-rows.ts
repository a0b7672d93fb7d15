import type { DatabaseSync } from '../storage/sqlite.ts';
import type { CredentialKind } from './account.ts';
import type { ClientKey } from './client-keys.ts';

/** How a credential is checked: against a digest of its secret, or against the client's public keys. */
export type Proof =
  | { readonly kind: 'secret'; readonly digest: Uint8Array }
  | { readonly kind: 'public-keys'; readonly keys: readonly ClientKey[] };

/**
 * A credential as it is kept. Several live ones of one kind and public id are a rotation whose overlap has not
 * run out. Times are milliseconds since 1970.
 */
export interface Credential {
  readonly id: string;
  readonly account: string;
  readonly kind: CredentialKind;
  readonly publicId: string;
  readonly proof: Proof;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly revokedAt: number | null;
}

export function insertCredential(db: DatabaseSync, credential: Credential): void {
  const { proof } = credential;
  db.prepare(
    `insert into credential (id, account, kind, public_id, digest, jwks, created_at, expires_at, revoked_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing`,
  ).run(
    credential.id,
    credential.account,
    credential.kind,
    credential.publicId,
    proof.kind === 'secret' ? proof.digest : null,
    proof.kind === 'public-keys' ? JSON.stringify({ keys: proof.keys }) : null,
    credential.createdAt,
    credential.expiresAt,
    credential.revokedAt,
  );
}

/**
 * Lets the live credentials of one kind run out at `endsAt`, unless they end earlier anyway. With no overlap
 * (`endsAt` is `now`) they are revoked, which says that somebody took them back.
 */
export function endCredentials(
  db: DatabaseSync,
  account: string,
  kind: CredentialKind,
  now: number,
  endsAt: number,
): void {
  db.prepare(
    `update credential
     set expires_at = min(coalesce(expires_at, ?1), ?1), revoked_at = case when ?1 <= ?2 then ?2 end
     where account = ?3 and kind = ?4 and revoked_at is null and (expires_at is null or expires_at > ?2)`,
  ).run(endsAt, now, account, kind);
}

export function allCredentials(db: DatabaseSync): Credential[] {
  return db.prepare('select * from credential').all().map(toCredential);
}

export function credentialsOf(db: DatabaseSync, account: string): Credential[] {
  const rows = db.prepare('select * from credential where account = ? order by kind, created_at desc, id');
  return rows.all(account).map(toCredential);
}

function toCredential(row: Record<string, unknown>): Credential {
  return {
    id: row['id'] as string,
    account: row['account'] as string,
    kind: row['kind'] as CredentialKind,
    publicId: row['public_id'] as string,
    proof: toProof(row['digest'] as Uint8Array | null, row['jwks'] as string | null),
    createdAt: row['created_at'] as number,
    expiresAt: row['expires_at'] as number | null,
    revokedAt: row['revoked_at'] as number | null,
  };
}

function toProof(digest: Uint8Array | null, jwks: string | null): Proof {
  if (digest !== null) return { kind: 'secret', digest };
  return { kind: 'public-keys', keys: (JSON.parse(jwks as string) as { keys: readonly ClientKey[] }).keys };
}
