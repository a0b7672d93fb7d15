import { describe, expect, test } from 'vitest';
import { isAmbiguous } from './ambiguous-request.ts';

function isUnclear(httpVersion: string, ...rawHeaders: string[]): boolean {
  const headers: Record<string, string> = {};
  for (let at = 0; at < rawHeaders.length; at += 2) {
    headers[(rawHeaders[at] as string).toLowerCase()] ??= rawHeaders[at + 1] as string;
  }
  return isAmbiguous({ httpVersion, headers, rawHeaders });
}

describe('a host', () => {
  test.each([
    'register.example',
    'register.example:8080',
    '127.0.0.1:1',
    '[::1]',
    '[2001:db8::1]:8080',
    'xn--bl-wia.dk',
    'a_b.local:',
    '',
  ])('"%s"', (host) => {
    expect(isUnclear('1.1', 'Host', host)).toBe(false);
  });

  test.each(['a b', 'a/b', 'user@a', 'a?b', 'a#b', 'a:b', '[::1', '::1', 'a\\b', 'ø.dk'])(
    'none: "%s"',
    (host) => {
      expect(isUnclear('1.1', 'Host', host)).toBe(true);
    },
  );

  test('must be there once', () => {
    expect(isUnclear('1.1')).toBe(true);
    expect(isUnclear('1.1', 'Host', 'a', 'hOST', 'a')).toBe(true);
    expect(isUnclear('1.1', 'X-Host', 'host', 'HOST', 'a')).toBe(false);
  });
});

describe('a body', () => {
  test.each(['chunked', 'Chunked', 'CHUNKED'])('in %s', (coding) => {
    expect(isUnclear('1.1', 'Host', 'a', 'Transfer-Encoding', coding)).toBe(false);
  });

  test.each(['gzip, chunked', 'identity', 'chunked, chunked', ''])('in "%s" is unclear', (coding) => {
    expect(isUnclear('1.1', 'Host', 'a', 'Transfer-Encoding', coding)).toBe(true);
  });
});

describe('HTTP', () => {
  test('1.0 needs no host and has no chunks', () => {
    expect(isUnclear('1.0')).toBe(false);
    expect(isUnclear('1.0', 'Host', 'a')).toBe(false);
    expect(isUnclear('1.0', 'Transfer-Encoding', 'chunked')).toBe(true);
  });

  test.each(['0.9', '2.0'])('%s is not ours', (version) => {
    expect(isUnclear(version, 'Host', 'a')).toBe(true);
  });
});
