import type { Row, Sql } from '../storage/sql.ts';
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

export async function insertCredential(sql: Sql, credential: Credential): Promise<void> {
  const { proof } = credential;
  await sql.run(
    `insert into credential (id, account, kind, public_id, digest, jwks, created_at, expires_at, revoked_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (id) do nothing`,
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
export async function endCredentials(
  sql: Sql,
  account: string,
  kind: CredentialKind,
  now: number,
  endsAt: number,
): Promise<void> {
  await sql.run(
    `update credential
     set expires_at = case when expires_at < $1 then expires_at else $1 end, revoked_at = $2
     where account = $3 and kind = $4 and revoked_at is null and (expires_at is null or expires_at > $5)`,
    endsAt,
    endsAt <= now ? now : null,
    account,
    kind,
    now,
  );
}

export async function allCredentials(sql: Sql): Promise<Credential[]> {
  return (await sql.all('select * from credential')).map(toCredential);
}

export async function credentialsOf(sql: Sql, account: string): Promise<Credential[]> {
  const rows = await sql.all(
    'select * from credential where account = $1 order by kind, created_at desc, id',
    account,
  );
  return rows.map(toCredential);
}

function toCredential(row: Row): Credential {
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
