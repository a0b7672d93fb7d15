import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checksumDatabase, enoch, knownKey, peter, signerOf } from '../../test/note-keys.ts';
import { sha256 } from '../../test/reference-tree.ts';
import { formatVkey, isKeyName, parseVkey, verifierKey } from './verifier-key.ts';

describe('published verifier keys', () => {
  it.each([peter.vkey, enoch.vkey, checksumDatabase.vkey])('%s', (vkey) => {
    const key = knownKey(vkey);
    expect(formatVkey(key)).toBe(vkey);
    expect(verifierKey(sha256, key.name, key.publicKey)).toEqual(key);
  });

  it('the one of a published seed', () => {
    expect(formatVkey(signerOf('PeterNeumann', peter.seed).key)).toBe(peter.vkey);
  });
});

describe('parseVkey', () => {
  // As TestNewVerifier of golang.org/x/mod/sumdb/note does.
  it('refuses every part of one and every one with a byte changed', () => {
    const { vkey } = peter;
    for (let at = 0; at < vkey.length; at += 1) {
      for (let to = at + 1; to < vkey.length; to += 1) {
        expect(parseVkey(sha256, vkey.slice(at, to))).toBeNull();
        expect(parseVkey(sha256, vkey.slice(at + 1, to + 1))).toBeNull();
      }
      const next = String.fromCharCode(vkey.charCodeAt(at) + 1);
      expect(parseVkey(sha256, vkey.slice(0, at) + next + vkey.slice(at + 1))).toBeNull();
    }
  });

  it.each([
    [
      'a longer key with its id',
      'PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==',
    ],
    ['another algorithm with its id', 'PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'],
    ['an id in upper case', 'PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'],
    ['a newline', `${peter.vkey}\n`],
  ])('refuses %s', (_what, vkey) => {
    expect(parseVkey(sha256, vkey)).toBeNull();
  });

  it('reads what formatVkey writes, for every name and key', () => {
    const names = fc.string({ unit: 'binary', minLength: 1 }).filter(isKeyName);
    fc.assert(
      fc.property(names, fc.uint8Array({ minLength: 32, maxLength: 32 }), (name, publicKey) => {
        const key = verifierKey(sha256, name, publicKey);
        expect(parseVkey(sha256, formatVkey(key ?? knownKey(peter.vkey)))).toEqual(key);
      }),
    );
  });
});

describe('verifierKey', () => {
  it.each(['', 'a b', 'a+b', 'a\nb', 'a\u00a0b', 'a\u0085b', 'a\u3000', '\u2028', 'a\u0000', 'a\ud800'])(
    'has no key of the name %j',
    (name) => {
      expect(verifierKey(sha256, name, new Uint8Array(32))).toBeNull();
    },
  );

  it.each([0, 31, 33])('has no key of %d bytes', (length) => {
    expect(verifierKey(sha256, 'example.com/log', new Uint8Array(length))).toBeNull();
  });
});
