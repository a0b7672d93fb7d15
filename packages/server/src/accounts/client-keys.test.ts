import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readClientKeys } from './client-keys.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwkOf = (key: KeyObject) => key.export({ format: 'jwk' });

describe('public keys of a client', () => {
  test('public RSA and EC keys are taken, members that do not matter are left out', () => {
    const keys = readClientKeys({
      keys: [
        { ...jwkOf(rsa.publicKey), kid: 'one', alg: 'PS256', use: 'sig', x5c: ['certificate'] },
        jwkOf(curve.publicKey),
        ...['P-384', 'P-521'].map((namedCurve) => jwkOf(generateKeyPairSync('ec', { namedCurve }).publicKey)),
      ],
    });
    expect(keys.map((key) => (key.kty === 'EC' ? key.crv : key.kty))).toEqual([
      'RSA',
      'P-256',
      'P-384',
      'P-521',
    ]);
    expect(keys[0]).toEqual({ ...jwkOf(rsa.publicKey), kid: 'one', alg: 'PS256' });
  });

  const weak = jwkOf(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey);
  const elsewhere = jwkOf(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey);
  const refused: readonly [string, unknown, RegExp][] = [
    ['a private RSA key', { keys: [jwkOf(rsa.privateKey)] }, /private/],
    ['a private EC key', { keys: [jwkOf(curve.privateKey)] }, /private/],
    ['a symmetric key', { keys: [{ kty: 'oct', k: 'c2VjcmV0' }] }, /symmetric/],
    ['a short RSA key', { keys: [weak] }, /1024 bits/],
    ['another curve', { keys: [elsewhere] }, /curve/],
    ['an Edwards key', { keys: [jwkOf(generateKeyPairSync('ed25519').publicKey)] }, /unknown kty/],
    [
      'a point off the curve',
      { keys: [{ ...jwkOf(curve.publicKey), x: jwkOf(curve.publicKey).y }] },
      /damaged/,
    ],
    ['members that are no text', { keys: [{ kty: 'RSA', n: 3, e: [] }] }, /damaged/],
    ['a key for encryption', { keys: [{ ...jwkOf(rsa.publicKey), use: 'enc' }] }, /signatures/],
    [
      'an algorithm of another kind',
      { keys: [{ ...jwkOf(rsa.publicKey), alg: 'HS256' }] },
      /another algorithm/,
    ],
    ['an algorithm of another curve', { keys: [{ ...jwkOf(curve.publicKey), alg: 'ES384' }] }, /ES256/],
    ['a kid that is no text', { keys: [{ ...jwkOf(rsa.publicKey), kid: 7 }] }, /kid/],
    ['no keys', { keys: [] }, /1 to 10/],
    ['too many keys', { keys: Array.from({ length: 11 }, () => jwkOf(rsa.publicKey)) }, /1 to 10/],
    ['a single key instead of a set', jwkOf(rsa.publicKey), /1 to 10/],
    ['no object', 'jwks', /1 to 10/],
    ['a key that is null', { keys: [null] }, /no object/],
  ];

  test.each(refused)('%s is refused', (_what, jwks, reason) => {
    expect(() => readClientKeys(jwks)).toThrow(reason);
  });

  test('a refusal repeats nothing of a private key', () => {
    const jwk = jwkOf(rsa.privateKey);
    let message = '';
    try {
      readClientKeys({ keys: [jwk] });
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain('private');
    for (const member of ['d', 'p', 'q', 'n'] as const)
      expect(message).not.toContain(String(jwk[member]).slice(0, 8));
  });
});
