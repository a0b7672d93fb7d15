import { createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import type { ControlStore } from '../storage/control.ts';
import type { Keyring } from '../storage/keyring.ts';
import { isStale, seal, unseal } from '../storage/sealing.ts';
import type { Sql } from '../storage/sql.ts';

/** A key that signs, or has signed, access tokens. Times are milliseconds since 1970. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly createdAt: number;
  /** Null: this key signs. There is never more than one such key. */
  readonly retiredAt: number | null;
}

type TokenKeys = Pick<Keyring, 'tokens'>;

/**
 * Keeps a private key as a sealed JWK. The public key is not kept beside it but derived from it: a public key in
 * the clear could be replaced in the file by one whose private key somebody else holds.
 */
export async function insertSigningKey(sql: Sql, keyring: TokenKeys, key: SigningKey): Promise<void> {
  const jwk = Buffer.from(JSON.stringify(key.privateKey.export({ format: 'jwk' })));
  await sql.run(
    'insert into signing_key (id, private_jwk, created_at, retired_at) values ($1, $2, $3, $4)',
    key.kid,
    seal(keyring.tokens, placeOf(key.kid), jwk),
    key.createdAt,
    key.retiredAt,
  );
}

/** The id of the key that signs now. */
export async function signingKid(sql: Sql): Promise<string | undefined> {
  const row = await sql.get('select id from signing_key where retired_at is null');
  return row?.['id'] as string | undefined;
}

export async function retireSigningKey(sql: Sql, kid: string, now: number): Promise<void> {
  await sql.run('update signing_key set retired_at = $1 where id = $2', now, kid);
}

export async function deleteSigningKeysRetiredBefore(sql: Sql, instant: number): Promise<void> {
  await sql.run('delete from signing_key where retired_at < $1', instant);
}

/**
 * All keys, the newest first. Those in `opened` are not unsealed again, which takes 100 times as long as reading
 * their row. Fails with `sealed-damaged` when one was changed in the file.
 */
export async function allSigningKeys(
  sql: Sql,
  keyring: TokenKeys,
  opened: ReadonlyMap<string, SigningKey>,
): Promise<SigningKey[]> {
  const rows = await sql.all('select * from signing_key order by created_at desc, id');
  return rows.map((row) => {
    const kid = row['id'] as string;
    const retiredAt = row['retired_at'] as number | null;
    const known = opened.get(kid);
    if (known !== undefined) return { ...known, retiredAt };
    const jwk = unseal(keyring.tokens, placeOf(kid), row['private_jwk'] as Uint8Array).toString();
    const privateKey = createPrivateKey({ key: JSON.parse(jwk) as JsonWebKey, format: 'jwk' });
    return {
      kid,
      privateKey,
      publicKey: createPublicKey(privateKey),
      createdAt: row['created_at'] as number,
      retiredAt,
    };
  });
}

function placeOf(kid: string): string {
  return `signing_key|${kid}`;
}

/** Seals all private keys under the newest data key; how many were still under an older one. */
export function resealSigningKeys(control: ControlStore, keyring: TokenKeys): Promise<number> {
  return control.exclusively(async (sql) => {
    const rows = await sql.all('select id, private_jwk from signing_key');
    const stale = rows.filter((row) => isStale(keyring.tokens, row['private_jwk'] as Uint8Array));
    for (const row of stale) {
      const place = placeOf(row['id'] as string);
      const plain = unseal(keyring.tokens, place, row['private_jwk'] as Uint8Array);
      await sql.run(
        'update signing_key set private_jwk = $1 where id = $2',
        seal(keyring.tokens, place, plain),
        row['id'] as string,
      );
    }
    return stale.length;
  });
}
