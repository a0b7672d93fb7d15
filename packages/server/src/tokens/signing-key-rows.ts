import { createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import type { Keyring } from '../storage/keyring.ts';
import { sealedVersionSql, versionInHex } from '../storage/sealed-version.ts';
import { seal, unseal } from '../storage/sealing.ts';
import { type DatabaseSync, immediately } from '../storage/sqlite.ts';

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
export function insertSigningKey(db: DatabaseSync, keyring: TokenKeys, key: SigningKey): void {
  const jwk = Buffer.from(JSON.stringify(key.privateKey.export({ format: 'jwk' })));
  db.prepare('insert into signing_key (id, private_jwk, created_at, retired_at) values (?, ?, ?, ?)').run(
    key.kid,
    seal(keyring.tokens, placeOf(key.kid), jwk),
    key.createdAt,
    key.retiredAt,
  );
}

/** The id of the key that signs now. */
export function signingKid(db: DatabaseSync): string | undefined {
  return db.prepare('select id from signing_key where retired_at is null').get()?.['id'] as
    | string
    | undefined;
}

export function retireSigningKey(db: DatabaseSync, kid: string, now: number): void {
  db.prepare('update signing_key set retired_at = ? where id = ?').run(now, kid);
}

export function deleteSigningKeysRetiredBefore(db: DatabaseSync, instant: number): void {
  db.prepare('delete from signing_key where retired_at < ?').run(instant);
}

/**
 * All keys, the newest first. Those in `opened` are not unsealed again, which takes 100 times as long as reading
 * their row. Fails with `sealed-damaged` when one was changed in the file.
 */
export function allSigningKeys(
  db: DatabaseSync,
  keyring: TokenKeys,
  opened: ReadonlyMap<string, SigningKey>,
): SigningKey[] {
  return db
    .prepare('select * from signing_key order by created_at desc, id')
    .all()
    .map((row) => {
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
export function resealSigningKeys(db: DatabaseSync, keyring: TokenKeys): number {
  return immediately(db, () => {
    const stale = db
      .prepare(`select id, private_jwk from signing_key where ${sealedVersionSql('private_jwk')} <> ?`)
      .all(versionInHex(keyring.tokens.current));
    const update = db.prepare('update signing_key set private_jwk = ? where id = ?');
    for (const row of stale) {
      const place = placeOf(row['id'] as string);
      update.run(
        seal(keyring.tokens, place, unseal(keyring.tokens, place, row['private_jwk'] as Uint8Array)),
        row['id'] as string,
      );
    }
    return stale.length;
  });
}
