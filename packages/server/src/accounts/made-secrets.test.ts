import { crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { apiKeyChecksum, apiKeyName, makeApiKey, makeClientId, makeId, makeSecret } from './made-secrets.ts';

describe('made secrets', () => {
  test('an API key can be recognised by its prefix, length and checksum alone', () => {
    const key = makeApiKey();
    expect(key).toMatch(/^vdm_[0-9A-Za-z]{49}$/);
    expect(apiKeyChecksum(key.slice(0, -6))).toBe(key.slice(-6));
    expect(apiKeyName(key)).toBe(key.slice(-6));
    const last = key.at(20) === 'x' ? 'y' : 'x';
    const mistyped = `${key.slice(0, 20)}${last}${key.slice(21)}`;
    expect(apiKeyChecksum(mistyped.slice(0, -6))).not.toBe(mistyped.slice(-6));
  });

  test('the checksum is zlib’s CRC-32, written to the base 62', () => {
    expect(crc32('123456789')).toBe(0xcbf43926);
    expect(apiKeyChecksum('123456789')).toBe(toBase62(0xcbf43926).padStart(6, '0'));
    expect(apiKeyChecksum('')).toBe('000000');
  });

  test('every secret holds 32 random bytes, ids are no secrets, nothing comes twice', () => {
    expect(Buffer.from(makeSecret(), 'base64url')).toHaveLength(32);
    expect(makeId('acc_')).toMatch(/^acc_[a-z2-7]{20}$/);
    expect(makeClientId()).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    const many = Array.from({ length: 1000 }, makeApiKey);
    expect(new Set(many)).toHaveProperty('size', 1000);
  });
});

function toBase62(value: number): string {
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  return value < 62 ? digits.charAt(value) : toBase62(Math.floor(value / 62)) + digits.charAt(value % 62);
}
